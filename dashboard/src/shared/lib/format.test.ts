import { expect, test } from "vitest";
import { change, dollars, milliseconds, percent, words } from "./format";
import { day, relative } from "./time";

test("small amounts keep their digits", () => {
  expect(dollars(0.00123)).toBe("$0.0012");
  expect(dollars(739.6)).toBe("$739.60");
});

test("milliseconds turn into seconds late", () => {
  expect(milliseconds(4.25)).toBe("4.3 ms");
  expect(milliseconds(120_00)).toBe("12.0 s");
});

test("nothing before means no change to tell", () => {
  expect(change(5, 0)).toBeUndefined();
  expect(change(15, 10)).toBe(0.5);
});

test("ids read as words", () => {
  expect(words("card-and-ssn")).toBe("Card and ssn");
  expect(percent(0.0218)).toBe("2.18%");
});

test("dates and distances", () => {
  expect(day(1_768_348_800)).toBe("14 Jan 2026");
  expect(relative(100, 400)).toBe("5 min ago");
  expect(relative(8000, 800)).toBe("in 2 h");
});
