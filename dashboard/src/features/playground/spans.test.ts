import { expect, test } from "vitest";
import { pieces } from "./spans";

const span = (start: number, end: number) => ({ start, end, category: "email" });

test("the pieces are the whole text", () => {
  const text = "a 😀 mail b@c.de end";
  expect(
    pieces(text, [span(9, 15)])
      .map((piece) => piece.text)
      .join(""),
  ).toBe(text);
});

test("offsets count code points", () => {
  expect(pieces("😀x", [span(1, 2)])).toEqual([
    { text: "😀", category: undefined },
    { text: "x", category: "email" },
  ]);
});

test("overlaps and offsets beyond the end do no harm", () => {
  expect(pieces("abcdef", [span(0, 4), span(2, 99)])).toEqual([
    { text: "abcd", category: "email" },
    { text: "ef", category: "email" },
  ]);
});
