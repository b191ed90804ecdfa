// The drawing of each icon as a single line: a row has several, and one that changes is then an attribute, not shapes that are
// taken out and put in.

import { lucide, marks, type IconName } from "./icons";

type Attributes = Readonly<Record<string, string | number | undefined>>;
export type Shapes = readonly (readonly [tag: string, attributes: Attributes])[];

/** Our own bell, filled. */
const DESKBELL: Shapes = [
  ["path", { d: "M4.5 16.5a7.5 7.5 0 0 1 15 0z" }],
  ["rect", { x: 2.5, y: 18.3, width: 19, height: 2.4, rx: 1.2 }],
  ["rect", { x: 9.6, y: 4.6, width: 4.8, height: 2, rx: 1 }],
  ["rect", { x: 11.2, y: 5.6, width: 1.6, height: 4 }],
];

const lines = new Map<IconName, string>();

/** Drawn with lines; the others are filled. */
export const isOutlined = (name: IconName): boolean => name in lucide;

/** The `d` of the icon's only `path`, on a grid of 24. */
export function lineOf(name: IconName): string {
  const known = lines.get(name);
  if (known !== undefined) return known;
  const line = name in marks ? marks[name as keyof typeof marks] : oneLine(shapesOf(name));
  lines.set(name, line);
  return line;
}

const shapesOf = (name: IconName): Shapes => (name in lucide ? lucide[name as keyof typeof lucide] : DESKBELL);

/** All shapes in one line, each turning the same way, so that filled ones that overlap stay filled. */
export const oneLine = (shapes: Shapes): string => shapes.map(([tag, shape]) => draw(tag, shape)).join("");

function draw(tag: string, shape: Attributes): string {
  const at = (name: string) => Number(shape[name] ?? 0);
  switch (tag) {
    case "path":
      // A path may begin with a step from nowhere; behind others it would step from where those ended.
      return `M0 0${shape["d"]}`;
    case "line":
      return `M${at("x1")} ${at("y1")}L${at("x2")} ${at("y2")}`;
    case "polyline":
      return `M${shape["points"]}`;
    case "circle":
      return circle(at("cx"), at("cy"), at("r"));
    case "rect":
      return rect(at("x"), at("y"), at("width"), at("height"), at(shape["rx"] === undefined ? "ry" : "rx"));
    default:
      throw new TypeError(`no icon is drawn with <${tag}>`);
  }
}

const circle = (x: number, y: number, r: number): string =>
  `M${x - r} ${y}a${r} ${r} 0 1 1 ${2 * r} 0a${r} ${r} 0 1 1 ${-2 * r} 0z`;

function rect(x: number, y: number, width: number, height: number, round: number): string {
  const corner = (across: number, down: number) => (round > 0 ? `a${round} ${round} 0 0 1 ${across} ${down}` : "");
  const [wide, high] = [width - 2 * round, height - 2 * round];
  const top = `M${x + round} ${y}h${wide}${corner(round, round)}v${high}${corner(-round, round)}`;
  return `${top}h${-wide}${corner(-round, -round)}v${-high}${corner(round, -round)}z`;
}
