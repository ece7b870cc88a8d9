// A box to sign in with a finger: the strokes become an SVG path in a hidden field.

const LONGEST = 7900;
// Points closer than this, in the box's own units, are left out.
const NEAR = 3;

function watch(drawing) {
  const canvas = drawing.querySelector("canvas");
  const field = drawing.querySelector("input[type=hidden]");
  const pen = canvas.getContext("2d");
  if (!pen || !window.PointerEvent) return;
  drawing.querySelector("[data-drawing-without]").hidden = true;
  drawing.querySelector("[data-drawing-with]").hidden = false;
  let last = null;

  function show() {
    pen.clearRect(0, 0, canvas.width, canvas.height);
    pen.lineWidth = 3;
    pen.lineCap = pen.lineJoin = "round";
    pen.stroke(new Path2D(field.value));
  }

  function place(event) {
    const box = canvas.getBoundingClientRect();
    const within = (value, most) => Math.round(Math.min(Math.max(value, 0), most));
    return [
      within(((event.clientX - box.left) / box.width) * canvas.width, canvas.width),
      within(((event.clientY - box.top) / box.height) * canvas.height, canvas.height),
    ];
  }

  function draw(event) {
    if (!last || field.value.length > LONGEST) return;
    const [x, y] = place(event);
    if (Math.hypot(x - last[0], y - last[1]) < NEAR) return;
    field.value += `L${x} ${y}`;
    last = [x, y];
    show();
  }

  canvas.addEventListener("pointerdown", (event) => {
    if (field.value.length > LONGEST) return;
    event.preventDefault();
    canvas.setPointerCapture(event.pointerId);
    last = place(event);
    // A dot is a mark, too.
    field.value += `M${last[0]} ${last[1]}L${last[0]} ${last[1]}`;
    show();
  });
  canvas.addEventListener("pointermove", draw);
  for (const ends of ["pointerup", "pointercancel"]) canvas.addEventListener(ends, () => (last = null));
  drawing.querySelector("[data-drawing-clear]").addEventListener("click", () => {
    field.value = "";
    show();
  });
  show();
}

export function letDraw(scope) {
  for (const drawing of scope.querySelectorAll("[data-drawing]")) watch(drawing);
}
