import { expect, test } from "vitest";
import { cell, csv } from "./csv";

test.each([
  ["=1+1", `"'=1+1"`],
  ["@SUM(A1)", `"'@SUM(A1)"`],
  ["-cmd|'/c calc'!A1", `"'-cmd|'/c calc'!A1"`],
  ["\t=1", `"'\t=1"`],
  ['say "hi"', '"say ""hi"""'],
  [-12.5, '"-12.5"'],
  [null, '""'],
])("%j is a text cell", (value, expected) => {
  expect(cell(value)).toBe(expected);
});

test("rows end as spreadsheets expect", () => {
  expect(csv(["a"], [[1], ["x,y"]])).toBe('"a"\r\n"1"\r\n"x,y"');
});
