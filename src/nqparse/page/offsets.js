// Code points, which records count, and UTF-16 units, which the browser counts.

/** The way between the two for one text. */
export class Offsets {
  constructor(text) {
    this.text = text;
    /** Units at which a character of two units begins. */
    this.wide = [];
    for (const found of text.matchAll(/[\ud800-\udbff][\udc00-\udfff]/g)) this.wide.push(found.index);
    this.lines = [0];
    for (const found of text.matchAll(/\r\n|\r|\n/g)) this.lines.push(found.index + found[0].length);
  }

  /** The unit at a code point. */
  unit(point) {
    let low = 0;
    let high = this.wide.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.wide[middle] - middle < point) low = middle + 1;
      else high = middle;
    }
    return point + low;
  }

  /** The code point at a unit. */
  point(unit) {
    return unit - firstAtLeast(this.wide, unit);
  }

  /** The text between two code points. */
  slice(start, end) {
    return this.text.slice(this.unit(start), this.unit(end));
  }

  /** The line, from 1, of a code point. */
  line(point) {
    return firstAtLeast(this.lines, this.unit(point) + 1);
  }
}

/** How many of ascending numbers are less than this one. */
export function firstAtLeast(numbers, wanted) {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle] < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
