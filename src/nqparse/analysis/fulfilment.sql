-- One row for each target of a run, with the result that answers it. Relations: documents, indicators.
WITH directions (code, better) AS (
  SELECT * FROM (VALUES
    /*directions*/
  ) AS listed (code, better)
),
verdicts (word, verdict) AS (
  SELECT * FROM (VALUES
    /*verdicts*/
  ) AS listed (word, verdict)
),
-- What is compared: growth however it is said, else the level; and of which indicator, kind, place and denominator.
measures AS (
  SELECT
    i.indicator_id, i.doc_id, i.ordinal, i.code, i.name, i.name_norm, i.role, i.bound, i.change, i.dimension, i.unit,
    i.period_start, i.period_end, i.statement_start, d.issued_on, d.doc_type, i.place, i.place_code,
    COALESCE(split_part(i.code, '/', 1), i.name_norm) AS indicator,
    CASE
      WHEN i.dimension IN ('growth', 'index') THEN 'growth'
      WHEN i.code LIKE '%/%' THEN split_part(i.code, '/', 2)
      WHEN i.growth IS NOT NULL THEN 'growth'
      WHEN i.change = 'exceed' THEN 'excess'
      WHEN i.change <> 'level' THEN i.change
      WHEN i.basis IS NOT NULL AND i.unit = '%' THEN 'fulfilment'
      ELSE 'level'
    END AS kind,
    CASE
      WHEN i.dimension IN ('growth', 'index') OR i.growth IS NOT NULL THEN 'growth'
      ELSE COALESCE(i.dimension, '')
    END AS measured,
    CASE
      WHEN i.dimension = 'index' AND i.change = 'level' THEN i.low - 100
      WHEN i.change = 'decrease' AND (i.dimension IN ('growth', 'index') OR i.growth IS NOT NULL) THEN -i.high
      ELSE i.low
    END AS low,
    CASE
      WHEN i.dimension = 'index' AND i.change = 'level' THEN i.high - 100
      WHEN i.change = 'decrease' AND (i.dimension IN ('growth', 'index') OR i.growth IS NOT NULL) THEN -i.low
      ELSE i.high
    END AS high,
    COALESCE(i.per, '') AS per,
    COALESCE(
      i.place_code,
      lower(i.place) || ' @ ' || COALESCE(d.province_code, lower(d.province), ''),
      d.place_code,
      NULLIF(lower(concat_ws(' / ', d.province, d.district, d.commune)), ''),
      lower(d.locality),
      ''
    ) AS place_key,
    regexp_extract(lower(i.statement), /*verdict_pattern*/, 2) AS printed
  FROM indicators AS i
  JOIN documents AS d ON d.doc_id = i.doc_id
  WHERE i.name_norm <> ''
),
targets AS (SELECT * FROM measures WHERE role = 'target'),
results AS (SELECT * FROM measures WHERE role IN ('actual', 'estimate')),
-- The nearest answer first: of the same row or clause, of the same years, of the last of the years.
answers AS (
  SELECT
    t.indicator_id AS target_id, r.indicator_id AS result_id, 0 AS nearness, r.role, r.issued_on, r.doc_id, r.ordinal,
    'value' AS answer
  FROM targets AS t
  JOIN results AS r
    ON r.doc_id = t.doc_id AND r.statement_start = t.statement_start
   AND r.indicator = t.indicator AND r.kind = t.kind AND r.measured = t.measured AND r.place_key = t.place_key
  -- In a plan, the figure of the year before beside a target is where it starts from.
  WHERE t.doc_type = 'report' OR r.period_end >= t.period_end OR t.period_end IS NULL
  UNION ALL
  SELECT
    t.indicator_id, r.indicator_id, CASE WHEN r.period_start = t.period_start THEN 1 ELSE 2 END,
    r.role, r.issued_on, r.doc_id, r.ordinal, 'value'
  FROM targets AS t
  JOIN results AS r
    ON r.indicator = t.indicator AND r.place_key = t.place_key AND r.kind = t.kind AND r.measured = t.measured
   AND r.per = t.per AND r.period_end = t.period_end
  WHERE (t.place_key <> '' OR r.doc_id = t.doc_id)
    AND (r.issued_on >= t.issued_on OR r.issued_on IS NULL OR t.issued_on IS NULL)
    AND (r.period_start = t.period_start OR t.measured IN ('share', 'rate', 'yield', 'rank', 'score'))
  UNION ALL
  SELECT
    t.indicator_id, r.indicator_id, 3, r.role, r.issued_on, r.doc_id, r.ordinal, 'fulfilment'
  FROM targets AS t
  JOIN results AS r
    ON r.indicator = t.indicator AND r.place_key = t.place_key AND r.period_end = t.period_end
   AND r.period_start = t.period_start
  WHERE t.kind IN ('level', 'growth') AND r.kind IN ('fulfilment', 'excess')
    AND (t.place_key <> '' OR r.doc_id = t.doc_id)
    AND (r.issued_on >= t.issued_on OR r.issued_on IS NULL OR t.issued_on IS NULL)
),
nearest AS (
  SELECT target_id, result_id, answer FROM (
    SELECT
      target_id, result_id, answer,
      row_number() OVER (
        PARTITION BY target_id
        ORDER BY nearness, CASE role WHEN 'actual' THEN 0 ELSE 1 END, issued_on DESC NULLS LAST, doc_id, ordinal
      ) AS place
    FROM answers
  ) AS ordered
  WHERE place = 1
),
pairs AS (
  SELECT
    t.*, n.result_id, n.answer, r.doc_id AS result_doc_id, r.low AS result_low, r.high AS result_high,
    r.kind AS result_kind, COALESCE(r.printed, '') AS result_printed, r.period_end < t.period_end AS is_early,
    COALESCE(r.low, r.high) AS worst, COALESCE(r.high, r.low) AS best,
    CASE
      WHEN t.kind = 'reduction' AND b.better = 'down' THEN 'up'
      WHEN t.kind = 'reduction' AND b.better = 'up' THEN 'down'
      WHEN b.better IN ('up', 'down') THEN b.better
      WHEN t.bound IN ('max', 'below') THEN 'down'
      WHEN t.bound IN ('min', 'above') THEN 'up'
      ELSE 'none'
    END AS better
  FROM targets AS t
  LEFT JOIN nearest AS n ON n.target_id = t.indicator_id
  LEFT JOIN results AS r ON r.indicator_id = n.result_id
  LEFT JOIN directions AS b ON b.code = split_part(t.code, '/', 1)
),
compared AS (
  SELECT
    *,
    CASE
      WHEN answer = 'fulfilment' AND result_kind = 'excess' THEN worst
      WHEN answer = 'fulfilment' THEN worst - 100
      WHEN worst < COALESCE(low, high) THEN worst - COALESCE(low, high)
      WHEN worst > COALESCE(high, low) THEN worst - COALESCE(high, low)
      WHEN worst IS NOT NULL THEN 0
    END AS distance,
    CASE
      WHEN result_id IS NULL THEN 'open'
      WHEN answer = 'fulfilment' AND result_kind = 'excess' THEN CASE WHEN worst > 0 THEN 'exceeded' ELSE 'met' END
      WHEN answer = 'fulfilment' THEN
        CASE WHEN worst < 100 THEN 'missed' WHEN worst > 100 THEN 'exceeded' ELSE 'met' END
      WHEN bound = 'min' THEN CASE WHEN worst >= COALESCE(low, high) THEN 'met' ELSE 'missed' END
      WHEN bound = 'above' THEN CASE WHEN worst > COALESCE(low, high) THEN 'met' ELSE 'missed' END
      WHEN bound = 'max' THEN CASE WHEN best <= COALESCE(high, low) THEN 'met' ELSE 'missed' END
      WHEN bound = 'below' THEN CASE WHEN best < COALESCE(high, low) THEN 'met' ELSE 'missed' END
      WHEN worst >= low AND best <= high THEN 'met'
      WHEN better = 'up' THEN CASE WHEN worst > high THEN 'exceeded' WHEN best >= low THEN 'met' ELSE 'missed' END
      WHEN better = 'down' THEN CASE WHEN best < low THEN 'exceeded' WHEN worst <= high THEN 'met' ELSE 'missed' END
      ELSE 'open'
    END AS reached
  FROM pairs
),
-- Before the last of its years a target is not missed yet.
judged AS (
  SELECT *, CASE WHEN is_early AND reached = 'missed' THEN 'open' ELSE reached END AS verdict FROM compared
)
SELECT
  j.indicator_id AS target_id, j.doc_id AS target_doc_id, j.result_id, j.result_doc_id, j.code, j.name, j.name_norm,
  j.unit, j.place, j.place_code, j.period_start, j.period_end, j.low AS target_low, j.high AS target_high,
  j.bound AS target_bound, j.result_low, j.result_high, j.answer, j.distance, j.verdict,
  v.verdict AS printed_verdict,
  CASE
    WHEN j.verdict <> 'open' AND (v.verdict = 'missed') <> (j.verdict = 'missed') THEN 'verdict_differs'
  END AS finding
FROM judged AS j
LEFT JOIN verdicts AS v ON v.word = j.result_printed
ORDER BY j.doc_id, j.ordinal
