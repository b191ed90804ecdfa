// The drawings of icons, each made once: a row or a message has several, and a copy costs next to nothing.

import { lucide, marks, type IconName } from "./icons";

const SVG = "http://www.w3.org/2000/svg";

/** Our own bell, filled. */
const DESKBELL: Shapes = [
  ["path", { d: "M4.5 16.5a7.5 7.5 0 0 1 15 0z" }],
  ["rect", { x: 2.5, y: 18.3, width: 19, height: 2.4, rx: 1.2 }],
  ["rect", { x: 9.6, y: 4.6, width: 4.8, height: 2, rx: 1 }],
  ["rect", { x: 11.2, y: 5.6, width: 1.6, height: 4 }],
];

type Shapes = readonly (readonly [tag: string, attributes: Record<string, string | number | undefined>])[];

const drawings = new Map<IconName, DocumentFragment>();
const attachments = new Map<IconName, (svg: SVGElement) => void>();

/** Drawn with lines; the others are filled. */
export const isOutlined = (name: IconName): boolean => name in lucide;

/** An attachment of an `svg` on a grid of 24: puts the icon into it. The same one for the same name. */
export function drawn(name: IconName): (svg: SVGElement) => void {
  const known = attachments.get(name);
  if (known) return known;
  const attachment = (svg: SVGElement) => svg.replaceChildren(drawingOf(name).cloneNode(true));
  attachments.set(name, attachment);
  return attachment;
}

function drawingOf(name: IconName): DocumentFragment {
  const known = drawings.get(name);
  if (known) return known;
  const drawing = document.createDocumentFragment();
  for (const [tag, attributes] of shapesOf(name)) {
    const shape = document.createElementNS(SVG, tag);
    for (const [key, value] of Object.entries(attributes)) shape.setAttribute(key, String(value));
    drawing.append(shape);
  }
  drawings.set(name, drawing);
  return drawing;
}

function shapesOf(name: IconName): Shapes {
  if (name in lucide) return lucide[name as keyof typeof lucide];
  return name in marks ? [["path", { d: marks[name as keyof typeof marks] }]] : DESKBELL;
}
