#!/usr/bin/env bash
# The step of action.yml: reads the documents once, writes the job's summary and the reports, and prints annotations.
# Its exit code is that of nqparse check.
set -euo pipefail

mapfile -t input < <(printf '%s\n' "$NQPARSE_INPUT" | sed '/^[[:space:]]*$/d')
reports="$RUNNER_TEMP/nqparse"
mkdir -p "$reports"

run=(nqparse run "${input[@]}" --out "$reports/tables" --quiet)
check=(nqparse check "${input[@]}" --gold "$NQPARSE_GOLD" --out "$reports/tables")
[ -z "${NQPARSE_PATTERNS:-}" ] || run+=(--patterns "$NQPARSE_PATTERNS")
[ -z "${NQPARSE_FLOORS:-}" ] || check+=(--floors "$NQPARSE_FLOORS")

# A file that cannot be read (1) is told by the check; wrong use (2) ends the step.
"${run[@]}" || [ $? -eq 1 ] || exit 2
"${check[@]}" --format markdown > "$reports/report.md" || [ $? -eq 1 ] || "${check[@]}" --format github
cat "$reports/report.md" >> "$GITHUB_STEP_SUMMARY"
"${check[@]}" --format junit > "$reports/report.xml" || [ $? -eq 1 ]
printf '%s\n' "tables=$reports/tables" "markdown=$reports/report.md" "junit=$reports/report.xml" >> "$GITHUB_OUTPUT"
"${check[@]}" --format github
