/* What a person could not read or reach on a small or enlarged screen, measured in the page as it stands. */

const interactive =
  'a[href], button, input, select, textarea, [role=tab], [role=option], [role^=menuitem], [role=radio], [role=checkbox]';

/** Half a pixel is nobody's fault. */
const slack = 1;

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const nameOf = (element: Element): string =>
  `${element.tagName.toLowerCase()} "${(element.getAttribute('aria-label') ?? element.textContent ?? '').slice(0, 40)}"`;

const isSeen = (element: Element): boolean =>
  element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true }) &&
  element.closest('[inert], [aria-hidden=true]') === null;

function* ancestorsOf(element: Element): Generator<Element> {
  for (let each = element.parentElement; each; each = each.parentElement) yield each;
}

const scrollsSideways = (element: Element): boolean =>
  [...ancestorsOf(element)].some((each) => each.hasAttribute('data-scrolls-sideways'));

/** What of it is not cut off by boxes that it scrolls in; null where nothing is. */
function seenPart(element: Element): Box | null {
  let { left, top, right, bottom } = element.getBoundingClientRect();
  for (const each of ancestorsOf(element)) {
    if (getComputedStyle(each).overflow === 'visible') continue;
    const box = each.getBoundingClientRect();
    left = Math.max(left, box.left);
    top = Math.max(top, box.top);
    right = Math.min(right, box.right);
    bottom = Math.min(bottom, box.bottom);
  }
  return right - left > slack && bottom - top > slack ? { left, top, right, bottom } : null;
}

const overlap = (one: Box, other: Box): boolean =>
  Math.min(one.right, other.right) - Math.max(one.left, other.left) > slack &&
  Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > slack;

/** The layer that has the focus: what lies beneath it is covered on purpose. */
const topLayer = (): Element =>
  [...document.querySelectorAll('[role=presentation].MuiModal-root, [role=dialog]')].filter(isSeen).at(-1) ??
  document.body;

function sideways(): readonly string[] {
  const page = document.documentElement;
  const found = page.scrollWidth > window.innerWidth ? [`the page is ${page.scrollWidth} px wide`] : [];
  const boxes = [...document.body.querySelectorAll('*')].filter(isSeen).filter((each) => {
    const { overflowX } = getComputedStyle(each);
    return (overflowX === 'auto' || overflowX === 'scroll') && each.scrollWidth > each.clientWidth + slack;
  });
  const wrong = boxes.filter((each) => !each.hasAttribute('data-scrolls-sideways') && !each.matches('input, textarea'));
  return [...found, ...wrong.map((each) => `scrolls sideways: ${nameOf(each)}`)];
}

/** Text that begins or ends outside the window, unless its box says by an ellipsis that there is more. */
function beyondTheEdge(): readonly string[] {
  const walker = document.createTreeWalker(topLayer(), NodeFilter.SHOW_TEXT);
  const found: string[] = [];
  const range = document.createRange();
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (!parent || !walker.currentNode.nodeValue?.trim() || !isSeen(parent) || scrollsSideways(parent)) continue;
    const cut = [parent, ...ancestorsOf(parent)].some((each) => getComputedStyle(each).textOverflow === 'ellipsis');
    if (cut || parent.closest('option, style, script')) continue;
    range.selectNodeContents(walker.currentNode);
    const { left, right, width } = range.getBoundingClientRect();
    if (width > slack && (right > window.innerWidth + slack || left < -slack)) {
      found.push(`beyond the edge: ${nameOf(parent)} from ${Math.round(left)} to ${Math.round(right)}`);
    }
  }
  return found;
}

const controls = (): readonly Element[] =>
  [...topLayer().querySelectorAll(interactive)].filter((each) => isSeen(each) && !scrollsSideways(each));

const outside = (): readonly string[] =>
  controls()
    .map((each) => ({ each, box: each.getBoundingClientRect() }))
    .filter(({ box }) => box.width > 0 && (box.left < -slack || box.right > window.innerWidth + slack))
    .map(({ each, box }) => `outside: ${nameOf(each)} from ${Math.round(box.left)} to ${Math.round(box.right)}`);

/** What stays in sight while the rest scrolls lies over it on purpose. */
function stuckWith(element: Element | null): Element | null {
  if (!element) return null;
  return getComputedStyle(element).position === 'sticky' ? element : stuckWith(element.parentElement);
}

function overlapping(): readonly string[] {
  const seen = controls().flatMap((each) => {
    const box = seenPart(each);
    return box ? [{ each, box }] : [];
  });
  return seen.flatMap(({ each, box }, index) =>
    seen
      .slice(index + 1)
      .filter((other) => !each.contains(other.each) && !other.each.contains(each) && overlap(box, other.box))
      .filter((other) => stuckWith(each) === stuckWith(other.each))
      .map((other) => `overlap: ${nameOf(each)} and ${nameOf(other.each)}`),
  );
}

/** Parts of a screen that stand beside each other: they are to stand in one column. */
function besideEachOther(): readonly string[] {
  const parts = [...topLayer().querySelectorAll('section, form, article, [role=region]')]
    .filter((each) => isSeen(each) && !scrollsSideways(each))
    .map((each) => ({ each, box: each.getBoundingClientRect() }));
  return parts.flatMap(({ each, box }, index) =>
    parts
      .slice(index + 1)
      .filter((other) => !each.contains(other.each) && !other.each.contains(each))
      .filter((other) => overlap(rowOf(box), rowOf(other.box)))
      .map((other) => `side by side: ${nameOf(each)} and ${nameOf(other.each)}`),
  );
}
/** Where only the height matters. */
const rowOf = ({ top, bottom }: Box): Box => ({ top, bottom, left: 0, right: 9 });

export const layoutFaults = (): readonly string[] => [
  ...new Set([...sideways(), ...beyondTheEdge(), ...outside(), ...overlapping(), ...besideEachOther()]),
];

const chosen =
  '[aria-selected=true], [aria-current]:not([aria-current=false]), [aria-pressed=true], [role^=menuitem][aria-checked=true]';

/** A colour with all that shows through it: what the system sets keeps the transparency that the page gave it. */
function onCanvas(colour: string): string {
  const canvas = document.createElement('canvas').getContext('2d');
  if (!canvas) throw new Error('There is no canvas.');
  for (const each of ['Canvas', colour]) {
    canvas.fillStyle = each;
    canvas.fillRect(0, 0, 1, 1);
  }
  return [...canvas.getImageData(0, 0, 1, 1).data].join(' ');
}

/** What tells it from others: its background, and borders and outline that have a width. */
function look(element: Element): string {
  const style = getComputedStyle(element);
  const borders = (['Top', 'Right', 'Bottom', 'Left'] as const).map((side) =>
    style[`border${side}Width`] === '0px' ? 'none' : onCanvas(style[`border${side}Color`]),
  );
  const outline = style.outlineStyle === 'none' ? 'none' : onCanvas(style.outlineColor);
  return [onCanvas(style.backgroundColor), ...borders, outline].join('; ');
}

/** Those that are chosen and look like a neighbour that is not; notices without a border of their own. */
export function unseenWithoutColours(): readonly string[] {
  const alike = [...document.querySelectorAll(chosen)].filter(isSeen).flatMap((each) => {
    const group =
      each.closest('[role=tablist], [role=grid], [role=listbox], [role=menu], nav, ol, ul') ?? document.body;
    const role = each.getAttribute('role');
    const like = role ? `[role=${role}]` : each.tagName;
    const others = [...group.querySelectorAll(like)].filter((other) => isSeen(other) && !other.matches(chosen));
    return others.some((other) => look(other) === look(each)) ? [`like its neighbours: ${nameOf(each)}`] : [];
  });
  const notices = [...document.querySelectorAll('[role=alert], [role=status].notice')].filter(
    (each) => isSeen(each) && each.textContent,
  );
  const bare = notices.filter((each) => getComputedStyle(each).borderTopWidth === '0px');
  return [...alike, ...bare.map((each) => `no border: ${nameOf(each)}`)];
}
