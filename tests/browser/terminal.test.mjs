// The terminal of the theme, alone, in Node: what stands on its screen after what was written to it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Screen } from "../../themes/default/js/player/terminal/screen.js";
import { Tape } from "../../themes/default/js/player/terminal/tape.js";
import { read } from "../../themes/default/js/player/terminal/cast.js";
import { width } from "../../themes/default/js/player/terminal/width.js";
import { anchor, fromAddress, label } from "../../themes/default/js/player/time.js";

/** What a screen of 10 by 4 shows after `text`. */
function shown(text, columns = 10, rows = 4) {
  const screen = new Screen(columns, rows);
  screen.write(text);
  return screen.text();
}

/** The pen of a cell, without what is not set. */
function pen(text, row = 0, column = 0) {
  const screen = new Screen(10, 4);
  screen.write(text);
  return Object.fromEntries(Object.entries(screen.grid.at(row, column).pen).filter(([, value]) => value !== undefined && value !== false));
}

for (const [name, text, expected] of [
  ["lines", "a\r\nb", "a\nb"],
  ["a line feed keeps the column", "ab\ncd", "ab\n  cd"],
  ["carriage return writes over", "abc\rx", "xbc"],
  ["backspace goes back and stops at the edge", "ab\b\b\b\bc", "cb"],
  ["tabs go to every eighth column, and stop at the last", "a\tb\tc", "a       bc"],
  ["long lines wrap", "0123456789ab", "0123456789\nab"],
  ["the last column waits before it wraps", "0123456789\r\nx", "0123456789\nx"],
  ["without wrapping the last column is written over", "\x1b[?7l0123456789ab", "012345678b"],
  ["the top goes away when the bottom is left", "1\r\n2\r\n3\r\n4\r\n5", "2\n3\n4\n5"],
  ["the cursor is put", "\x1b[2;3Hx\x1b[Hy", "y\n  x"],
  ["the cursor moves and stops at the edges", "\x1b[99B\x1b[99Cx\x1b[99A\x1b[99Dy", "y\n\n\n         x"],
  ["columns and rows are named", "\x1b[3Gx\x1b[2dy", "  x\n   y"],
  ["a line is erased to its end, to its start, whole", "abcdef\x1b[3D\x1b[K\r\nabcdef\x1b[4D\x1b[1K\r\nabc\x1b[2K", "abc\n   def"],
  ["the screen is erased", "ab\r\ncd\x1b[2Jx", "\n  x"],
  ["the screen is erased below and above", "aa\r\nbb\r\ncc\x1b[2;2H\x1b[J", "aa\nb"],
  ["the screen is erased above", "aa\r\nbb\r\ncc\x1b[2;1H\x1b[1J", "\n b\ncc"],
  ["characters are put in, taken out, and blanked", "abcdef\x1b[2G\x1b[2@\x1b[5G\x1b[P\x1b[6G\x1b[X", "a  bd f"],
  ["lines are put in and taken out", "1\r\n2\r\n3\x1b[2;1H\x1b[Lx\x1b[4;1H\x1b[M", "1\nx\n2"],
  ["a region scrolls alone", "1\r\n2\r\n3\r\n4\x1b[2;3r\x1b[3;1H\nx", "1\n3\nx\n4"],
  ["upwards at the top of a region", "1\r\n2\r\n3\x1b[H\x1bMx", "x\n1\n2\n3"],
  ["the other screen comes and goes", "main\x1b[?1049h\x1b[Hother\x1b[?1049l!", "main!"],
  ["the other screen is empty at first", "main\x1b[?1049h\x1b[Hx", "x"],
  ["places are kept", "ab\x1b7\r\ncd\x1b8e", "abe\ncd"],
  ["wide characters take two columns", "a漢b\x1b[1;4Hx", "a漢x"],
  ["half of a wide character is blank once the other is written over", "漢\x1b[1;2Hx", " x"],
  ["a wide character that doesn't fit goes to the next line", "012345678漢", "012345678\n漢"],
  ["marks join the character before", "e\u0301x", "e\u0301x"],
  ["a character is repeated", "a\x1b[3b", "aaaa"],
  ["lines are drawn with letters", "\x1b(0lqk\x1b(Bl", "┌─┐l"],
  ["titles and links are not shown", "\x1b]0;title\x07a\x1b]8;;https://x.example\x1b\\b\x1bPq#0\x1b\\c", "abc"],
  ["what nobody knows is left out", "a\x1b[>4;1m\x1b[?2004h\x1b[12;3;4z\x1b(Bb\x1b[!zc", "abc"],
  ["a reset", "abc\x1bcx", "x"],
  ["a sequence that is broken off", "a\x1b[3\x18b", "ab"],
  ["names that objects have", "constructor\x1b(0constructor", "constructo\nr"],
]) {
  test(`screen: ${name}`, () => {
    const text_ = shown(text);
    if (name === "names that objects have") assert.ok(text_.startsWith(expected));
    else assert.equal(text_, expected);
  });
}

test("screen: sequences may be cut anywhere", () => {
  const text = "\x1b[31mred\x1b[0m \x1b]0;t\x07漢\x1b[2;1Hx";
  const whole = shown(text);
  for (let cut = 0; cut <= text.length; cut += 1) {
    const screen = new Screen(10, 4);
    screen.write(text.slice(0, cut));
    screen.write(text.slice(cut));
    assert.equal(screen.text(), whole);
  }
});

test("colours: names, 256, any, and back", () => {
  assert.deepEqual(pen("\x1b[1;4;31;42mx"), { bold: true, underline: true, fg: 1, bg: 2 });
  assert.deepEqual(pen("\x1b[97;100mx"), { fg: 15, bg: 8 });
  assert.deepEqual(pen("\x1b[38;5;9mx"), { fg: 9 });
  assert.deepEqual(pen("\x1b[38;5;173;48;5;244mx"), { fg: "#d7875f", bg: "#808080" });
  assert.deepEqual(pen("\x1b[38;2;1;2;300;3mx"), { fg: "#0102ff", italic: true });
  assert.deepEqual(pen("\x1b[1;3;7;31m\x1b[22;23;27;39mx"), {});
  assert.deepEqual(pen("\x1b[1;31m\x1b[mx"), {});
  assert.deepEqual(pen("\x1b[38;5mx"), {}, "a colour that is broken off is none");
});

test("erasing keeps the background", () => {
  assert.deepEqual(pen("\x1b[44m\x1b[2J", 2, 5), { bg: 4 });
});

test("widths", () => {
  assert.deepEqual(["a", "é", "漢", "🙂", "\u0301", "\u200d", "ｱ"].map(width), [1, 1, 2, 2, 0, 0, 1]);
});

const CAST2 = '{"version":2,"width":20,"height":5}\n[1,"o","a"]\n[2.5,"o","b"]\n[3,"m","mark"]\n[4,"i","x"]\n';
const CAST3 = '{"version":3,"term":{"cols":20,"rows":5},"idle_time_limit":2}\n# remark\n[1,"o","a"]\n[1.5,"o","b"]\n[0.5,"m","mark"]\n[1,"x","0"]\n';

test("casts of both versions are the same recording", () => {
  const expected = {
    columns: 20,
    rows: 5,
    length: 4,
    output: [
      { at: 1, text: "a" },
      { at: 2.5, text: "b" },
    ],
    markers: [{ at: 3, title: "mark" }],
  };
  assert.deepEqual(read(CAST2), { ...expected, idle: undefined });
  assert.deepEqual(read(CAST3), { ...expected, idle: 2 });
});

test("what is broken in a cast is left out, and what is none is none", () => {
  const broken =
    '{"version":2,"width":-3,"height":"x"}\n[1,"o","a"]\n[1,\nnull\n{}\n["1","o","b"]\n[-1,"o","c"]\n[0.5,"o",7]\n[0.5,"o","d"]\n[1e99,"o","e"]\n';
  const { columns, rows, length, output } = read(broken);
  assert.deepEqual([columns, rows], [80, 24]);
  assert.deepEqual(
    output.map(({ text }) => text),
    ["a", "d", "e"],
  );
  assert.equal(output[1].at, 1, "time never runs back");
  assert.ok(length <= 7 * 24 * 3600);
  for (const none of ["", "{}", "null", "[1]", '{"version":1}', "\n\n", "<html>"]) assert.equal(read(none), undefined, none);
  const huge = read('{"version":2,"width":1e9,"height":1e9}');
  assert.ok(huge.columns <= 300 && huge.rows <= 100);
});

test("a tape shows any second, forwards and back, and does so in steps", () => {
  const lines = Array.from({ length: 3000 }, (_, n) => ({ at: n, text: `line ${n} ${"x".repeat(200)}\r\n` }));
  const cast = { columns: 220, rows: 3, idle: undefined, length: 3000, output: lines, markers: [] };
  const tape = new Tape(cast);
  const seek = (at) => {
    tape.wind(at);
    let steps = 1;
    while (!tape.advance(at, 10_000)) steps += 1;
    return [tape.screen.text().split("\n").at(-1).split(" ").slice(0, 2).join(" "), steps];
  };
  const [text, steps] = seek(2500.5);
  assert.equal(text, "line 2500");
  assert.ok(steps > 30, "no step writes more than it is allowed to");
  assert.equal(seek(7)[0], "line 7");
  const [near, few] = seek(2400);
  assert.equal(near, "line 2400");
  assert.ok(few < 30, "it goes on from what was kept on the way");
  assert.equal(seek(0)[0], "line 0");
});

test("a step ends in the middle of an event that is larger than it", () => {
  const cast = { columns: 80, rows: 5, idle: undefined, length: 1, output: [{ at: 1, text: "y".repeat(1000) }], markers: [] };
  const tape = new Tape(cast);
  assert.equal(tape.advance(1, 300), false);
  assert.equal(tape.within, 300);
  tape.wind(0);
  assert.equal(tape.screen.text(), "");
  while (!tape.advance(1, 300));
  assert.equal(tape.screen.text().length, 5 * 80 + 4 - 40);
});

test("times are written and read as the program does", () => {
  for (const [seconds, text, id] of [
    [0, "0:00", "t-0m00s"],
    [135.9, "2:15", "t-2m15s"],
    [3723, "1:02:03", "t-1h02m03s"],
  ]) {
    assert.equal(label(seconds), text);
    assert.equal(anchor(seconds), id);
    assert.deepEqual(fromAddress(`#${id}`), { prefix: "", at: Math.floor(seconds) });
  }
  for (const hash of ["#t=760", "#t-12m40s", "#t=12m40s", "#t=12:40", "#t=760s", "#t-12m40s-1", "#t=760,800", "t=760.5"]) {
    assert.deepEqual(fromAddress(hash), { prefix: "", at: 760 }, hash);
  }
  assert.deepEqual(fromAddress("#my-demo-t-1m02s"), { prefix: "my-demo-", at: 62 });
  for (const hash of ["", "#", "#t-", "#t=", "#transcript", "#t-shirt", "#at-5m", "#%E0%A4%A", "#t=-5"])
    assert.equal(fromAddress(hash), undefined, hash);
});
