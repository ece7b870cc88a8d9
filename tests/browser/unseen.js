// What is drawn of a control is taken from computed styles of itself, its labels, and what stands
// before and after these; what is transparent is not drawn. Each control is put into the state and
// out of it again: when the two look the same, nobody sees the state. Gives one line for each kind.
() => {
  const SIDES = ["Top", "Right", "Bottom", "Left"];
  const clear = (color) => color === "transparent" || /^rgba\(.*,\s*0\)$/.test(color);

  function surface(element, pseudo) {
    const style = getComputedStyle(element, pseudo);
    const absent = pseudo && ["none", "normal"].includes(style.content);
    const hidden = style.display === "none" || style.visibility !== "visible";
    if (absent || hidden || Number(style.opacity) < 0.1) return null;
    const parts = [];
    if (!clear(style.backgroundColor)) parts.push(`ground ${style.backgroundColor}`);
    if (style.backgroundImage !== "none") parts.push(`image ${style.backgroundImage}`);
    for (const side of SIDES) {
      const width = style[`border${side}Width`], color = style[`border${side}Color`];
      const drawn = style[`border${side}Style`] !== "none" && parseFloat(width) && !clear(color);
      if (drawn) parts.push(`${side} ${width} ${color}`);
    }
    const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth);
    if (outlined && (style.outlineStyle === "auto" || !clear(style.outlineColor)))
      parts.push(`outline ${style.outlineWidth} ${style.outlineColor}`);
    if (style.boxShadow !== "none" && !/^rgba\([^)]*,\s*0\)[^,]*$/.test(style.boxShadow))
      parts.push(`shadow ${style.boxShadow}`);
    if (pseudo && !["", '""'].includes(style.content))
      parts.push(`content ${style.content} ${style.color}`);
    return { parts, words: `${style.color} ${style.opacity}` };
  }

  function look(control, { words = false } = {}) {
    const seen = [];
    for (const element of [control, ...(control.labels || [])]) {
      for (const pseudo of [null, "::before", "::after"]) {
        const drawn = surface(element, pseudo);
        if (!drawn) continue;
        const native = element === control && !pseudo && ["checkbox", "radio"].includes(control.type)
          && getComputedStyle(control).appearance !== "none"
          ? `native ${control.checked} ${control.disabled} ${control === document.activeElement}` : "";
        const all = [...drawn.parts, ...(native ? [native] : []), ...(words ? [drawn.words] : [])];
        if (all.length) seen.push([pseudo, ...all].join("; "));
      }
    }
    return seen.join(" | ");
  }

  const said = new Map();
  const tell = (problem, control) => {
    const kind = `${problem}: ${control.tagName.toLowerCase()} ${control.type || ""} ${control.className}`;
    if (!said.has(kind)) said.set(kind, `${problem}: ${control.outerHTML.slice(0, 160)}`);
  };
  const visible = (selector) => [...document.querySelectorAll(selector)]
    .filter((each) => each.type !== "hidden" && each.checkVisibility({ visibilityProperty: true }))
    // Such as the button that Enter presses in place of the first one to be seen.
    .filter((each) => !each.closest("[aria-hidden=true]"));
  const before = document.activeElement;

  for (const box of visible("input[type=checkbox], input[type=radio]")) {
    const group = box.type === "radio" && box.name
      ? [...document.querySelectorAll("input[type=radio]")]
        .filter((each) => each.name === box.name && each.form === box.form) : [box];
    const was = group.map((each) => each.checked);
    box.checked = true;
    const ticked = look(box);
    box.checked = false;
    if (ticked === look(box)) tell("looks the same ticked and not", box);
    group.forEach((each, place) => { each.checked = was[place]; });
  }

  for (const control of visible("input, select, textarea, button")) {
    const was = control.disabled;
    control.disabled = true;
    const disabled = look(control, { words: true });
    control.disabled = false;
    if (disabled === look(control, { words: true })) tell("looks the same disabled and not", control);
    control.disabled = was;
  }

  for (const control of visible("a[href], input, select, textarea, button, summary, [tabindex='0']")) {
    if (document.activeElement) document.activeElement.blur();
    const without = look(control);
    control.focus({ preventScroll: true });
    if (document.activeElement !== control) continue;
    if (without === look(control)) tell("looks the same focused and not", control);
  }
  if (document.activeElement) document.activeElement.blur();
  if (before && before !== document.body) before.focus({ preventScroll: true });
  return [...said.values()];
}
