"use strict";

// Draws what RoomClock says, and hands it the keys. Texts are always set as text, never as markup.
(() => {
  const plan = JSON.parse(document.getElementById("plan").textContent);
  const place = `ecocsme/room-screen/${plan.key}`;
  const narrow = window.matchMedia("(max-width: 44rem)");
  const SIZES = [1.3, 1.24, 1.18, 1.12, 1.06, 1, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6, 0.55, 0.5, 0.45, 0.4];
  const KEPT_EVERY = 5000;
  const MOVE = "move";
  const MANY = 3; // more questions stand in two columns
  const SHORT = 48; // of more people it is not said beside the questions where they go, but when they go

  const at = (id) => document.getElementById(id);
  const anchor = Date.now() - performance.now();
  const steady = () => anchor + performance.now(); // the time of day may be set right while the clock runs; this one is not

  // ---- what outlives a reload; a browser may refuse to keep anything for a file ----

  const recall = () => {
    try {
      return RoomClock.restored(plan, JSON.parse(localStorage.getItem(place)), steady(), Date.now());
    } catch {
      return null;
    }
  };

  const keep = () => {
    try {
      localStorage.setItem(place, JSON.stringify(RoomClock.saved(state, steady(), Date.now())));
    } catch {
      // then a reload begins anew
    }
  };

  let state = recall() || RoomClock.fresh(plan);
  let wanted = null; // what was asked for by a key: the number of a question, 0 for all, MOVE; null for what the plan shows
  let drawn = ""; // what the slow parts were drawn from
  let rung = -1; // the block whose end was rung
  let audio = null;
  let awake = null;

  // ---- texts in all languages: lists of [language tag, text] ----

  const filled = (pattern, values) => pattern.replace(/\{(\w+)\}/g, (blank, name) => (name in values ? String(values[name]) : blank));

  const unique = (lines) => lines.filter(([, text], place) => lines.findIndex(([, other]) => other === text) === place);

  const words = (key, values = {}) => unique(plan.words.map(({ tag, say }) => [tag, filled(say[key], values)]));

  const pluralOf = (tag, number) => {
    try {
      return new Intl.PluralRules(tag).select(number);
    } catch {
      return "other";
    }
  };

  const counted = (key, number) =>
    unique(plan.words.map(({ tag, say }) => [tag, filled(say[`${key}.${pluralOf(tag, number)}`] || say[`${key}.other`], { n: number })]));

  const made = (name, className, ...children) => {
    const element = document.createElement(name);
    element.className = className;
    element.append(...children);
    return element;
  };

  const spans = (lines) =>
    lines.map(([tag, text], place) => {
      const span = made("span", place === 0 ? "main" : "other", text);
      span.lang = tag;
      return span;
    });

  // One line per language, or all on one line with a stroke between them.
  const said = (lines) => made("span", "lines", ...spans(lines));

  const beside = (lines) => made("span", "beside", ...spans(lines).flatMap((span, place) => (place === 0 ? [span] : [" / ", span])));

  const put = (id, ...children) => at(id).replaceChildren(...children);

  // ---- times of day, in the time zone of the event ----

  const zoned = (() => {
    const how = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
    try {
      return new Intl.DateTimeFormat("en-GB", { ...how, timeZone: plan.zone });
    } catch {
      return new Intl.DateTimeFormat("en-GB", how); // a browser without the rules of this zone
    }
  })();

  const hour = (wall) => zoned.format(new Date(wall));

  // ---- the fast part: once a second ----

  const signed = { behind: "−", ahead: "+" };

  const paceLines = ({ kind, minutes }) => (kind in signed ? counted(kind, minutes) : kind === "unknown" ? [] : words(kind));

  const drawPace = (pace) => {
    const sign = pace.kind in signed ? `${signed[pace.kind]}${pace.minutes}` : pace.kind === "on_time" ? "±0" : "";
    at("pace").className = pace.kind;
    const mark = made("b", "sign", sign);
    put("pace", ...(sign ? [mark] : []), said(paceLines(pace)));
  };

  const watch = (view) => {
    if (view.phase === "ended") {
      return ["", []];
    }
    if (view.phase === "before" && view.until !== null) {
      return [RoomClock.digits(view.until), words("until_start")];
    }
    const stopped = view.phase === "paused" ? words("stopped") : words(view.left < 0 ? "over" : "left");
    return [(view.left < 0 ? "+" : "") + RoomClock.digits(view.left), stopped];
  };

  const drawWatch = (view) => {
    const [digits, says] = watch(view);
    at("left").textContent = digits;
    at("left").classList.toggle("long", digits.length > 5);
    put("left-says", said(says));
    at("rest").setAttribute("stroke-dasharray", view.share === 1 ? "none" : `${(view.share * 100).toFixed(2)} 100`);
    document.body.dataset.tone = view.tone;
    document.body.dataset.phase = view.phase;
  };

  const drawHour = (wall) => {
    at("hour").textContent = hour(wall);
  };

  // ---- the slow part: when the block, the questions or the language of a time change ----

  const phaseWords = (view) => (view.phase === "before" ? "ready" : view.moving ? "moving" : "now");

  const drawBlock = (view) => {
    const block = plan.blocks[view.index];
    put("phase", beside(words(phaseWords(view))));
    if (!block) {
      put("phase");
      put("block", said(words("ended")));
      put("planned");
      return;
    }
    put("block", said(block.title));
    const times = made("span", "fact", beside(words("planned")), ` ${block.span}`);
    const move = block.move ? [made("span", "fact", beside(words("with_move")), `: ${block.move} min`)] : [];
    put("planned", times, ...move);
  };

  const table = (number) => [beside(words("table")), ` ${number}`];

  const tablesOf = (question) => (question.tables.length ? [made("span", "tables", ...table(question.tables.join(", ")))] : []);

  const asItem = (question) => {
    const text = made("div", "text", ...tablesOf(question), said(question.text));
    return made("li", "question", made("span", "number", String(question.number)), text);
  };

  const questionsOf = (block) => {
    if (wanted === null || wanted === MOVE) {
      return plan.questions.filter((question) => block.questions.includes(question.number));
    }
    return plan.questions.filter((question) => wanted === 0 || question.number === wanted);
  };

  const destination = ([number, people]) => made("li", "", made("b", "", ...table(number)), made("span", "people", people.join(" ")));

  const group = ([from, to]) => made("li", "", made("b", "", ...table(`${from} → ${to}`)));

  const moveParts = (number, line) => {
    const move = plan.moves[number];
    if (!move) {
      return [made("p", "rule", said(plan.rule))];
    }
    const stay = move.hosts ? [made("p", "rule", line(words("hosts_stay")))] : [];
    const items = move.groups ? move.groups.map(group) : move.tables.map(destination);
    return [...stay, made("ul", move.groups ? "seats groups" : "seats", ...items)];
  };

  const moveOf = (block) => (block && block.seats && (plan.moves[block.seats] || (block.seats > 1 && plan.rule.length)) ? block.seats : 0);

  const moveHeading = (number, line) => made("h2", "", line(words(number === 1 ? "first_seats" : "move", { round: number })));

  // The way to the next table fills the middle where nothing is asked and the next block is the round it leads to.
  const isMiddle = (view, block) => {
    if (!block) {
      return false;
    }
    const next = plan.blocks[view.index + 1];
    const isTime = view.moving || (questionsOf(block).length === 0 && Boolean(next) && next.round === block.seats);
    return moveOf(block) > 0 && (wanted === MOVE || (wanted === null && isTime));
  };

  const howMany = (asked) => (asked.length === 1 ? "one" : asked.length > MANY ? "many" : "few");

  const drawAsked = (view, block) => {
    at("now").classList.toggle("asking", Boolean(block) && !isMiddle(view, block) && questionsOf(block).length > 0);
    if (!block) {
      put("asked");
      return;
    }
    const asked = questionsOf(block);
    if (isMiddle(view, block)) {
      put("asked", made("div", "moving", moveHeading(block.seats, said), ...moveParts(block.seats, said)));
    } else if (asked.length) {
      put("asked", made("ol", `questions ${howMany(asked)}`, ...asked.map(asItem)));
    } else {
      put("asked");
    }
  };

  // `≈ 12:05 · in the timetable 12:00`, or its time alone where that will be kept.
  const timeOfNext = (view, next) => {
    const about = view.nextAt === null ? "" : hour(view.nextAt);
    if (about === "" || about === next.start) {
      return [made("b", "", next.start)];
    }
    return [made("b", "", `≈ ${about}`), " · ", beside(words("planned")), ` ${next.start}`];
  };

  const drawThen = (view) => {
    const next = plan.blocks[view.index + 1];
    if (view.phase === "ended") {
      put("then");
      return;
    }
    const heading = made("h2", "", beside(words("then")));
    if (!next) {
      put("then", heading, made("p", "title", said(words("nothing_more"))));
      return;
    }
    put("then", heading, made("p", "title", said(next.title)), made("p", "when", ...timeOfNext(view, next)));
  };

  const isLong = (number) => {
    const move = plan.moves[number];
    return Boolean(move) && Boolean(move.tables) && move.tables.reduce((sum, [, people]) => sum + people.length, 0) > SHORT;
  };

  const drawMove = (view, block) => {
    const number = isMiddle(view, block) ? 0 : moveOf(block);
    const later = isLong(number) && questionsOf(block).length > 0;
    const parts = later ? [made("p", "rule", said(words("later")))] : moveParts(number, beside);
    put("move", ...(number ? [moveHeading(number, beside), ...parts] : []));
  };

  // The largest letters with which everything fits; on a phone the page is scrolled instead.
  const overflows = (element) => element.scrollHeight > element.clientHeight + 1 || element.scrollWidth > element.clientWidth + 1;

  const fitted = (element, largest) => {
    for (const size of SIZES.filter((one) => one <= largest)) {
      element.style.setProperty("--fit", String(size));
      if (narrow.matches || !overflows(element)) {
        break;
      }
    }
    // what still does not fit must be reached by keyboard
    element.tabIndex = !narrow.matches && overflows(element) ? 0 : -1;
    if (element.tabIndex < 0) {
      element.removeAttribute("tabindex");
    }
  };

  const fit = () => {
    fitted(at("coming"), 1);
    fitted(at("now"), narrow.matches ? 1 : 1.3);
  };

  const announce = (view) => {
    const block = plan.blocks[view.index];
    put("spoken", ...spans(block ? block.title : words("ended")).flatMap((span) => [span, " "]));
  };

  const drawButtons = (view) => {
    const running = view.phase === "running";
    at("go-start").hidden = running;
    at("go-pause").hidden = !running;
    const over = view.phase === "ended";
    const idle = { go: over, more: over, next: over, back: view.index === 0 };
    // not `disabled`: a button that has the focus shall not lose it
    Object.entries(idle).forEach(([id, isIdle]) => at(id).setAttribute("aria-disabled", String(isIdle)));
  };

  const drawSlow = (view) => {
    const block = plan.blocks[view.index];
    const about = JSON.stringify([view.index, view.phase, view.moving, wanted, view.nextAt === null ? "" : hour(view.nextAt)]);
    if (about === drawn) {
      return;
    }
    const before = drawn ? JSON.parse(drawn)[0] : null;
    drawn = about;
    drawBlock(view);
    drawAsked(view, block);
    drawThen(view);
    drawMove(view, block);
    drawButtons(view);
    fit();
    if (before !== null && before !== view.index) {
      announce(view);
    }
  };

  const draw = () => {
    const wall = Date.now();
    const view = RoomClock.shown(plan, state, steady(), wall);
    drawHour(wall);
    drawWatch(view);
    drawPace(view.pace);
    drawSlow(view);
    ring(view);
  };

  // ---- sound, only where somebody switched it on; the screen is kept awake while the clock runs ----

  const ring = (view) => {
    if (view.left > 0 || view.phase !== "running" || rung === view.index) {
      return;
    }
    rung = view.index;
    if (audio === null) {
      return;
    }
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.frequency.value = 660;
    volume.gain.setValueAtTime(0.4, audio.currentTime);
    volume.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + 2);
    tone.connect(volume).connect(audio.destination);
    tone.start();
    tone.stop(audio.currentTime + 2);
  };

  const switchSound = () => {
    try {
      audio = audio === null ? new AudioContext() : null;
    } catch {
      audio = null; // a browser without sound
    }
    at("sound").setAttribute("aria-pressed", String(audio !== null));
  };

  const stayAwake = async () => {
    try {
      awake = state.since !== null && document.visibilityState === "visible" ? await navigator.wakeLock.request("screen") : null;
    } catch {
      awake = null; // the system decides when the screen goes dark
    }
  };

  const letSleep = () => {
    if (awake !== null) {
      awake.release().catch(() => {});
    }
    awake = null;
  };

  const switchDark = () => {
    const dark = at("dark").getAttribute("aria-pressed") !== "true";
    document.documentElement.dataset.scheme = dark ? "dark" : "light";
    at("dark").setAttribute("aria-pressed", String(dark));
  };

  const switchFull = async () => {
    try {
      await (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen());
    } catch {
      // not allowed here: F11 does the same
    }
  };

  // ---- what people do ----

  const act = (action) => {
    if (action !== "again" && at(action).getAttribute("aria-disabled") === "true") {
      return;
    }
    state = RoomClock.act(plan, state, action, steady());
    wanted = null;
    letSleep();
    stayAwake();
    if (action === "more") {
      rung = -1;
    }
    keep();
    draw();
  };

  const show = (what) => {
    const known = what === MOVE || what === 0 || plan.questions.some((question) => question.number === what);
    if (known && plan.blocks[state.index]) {
      wanted = wanted === what ? null : what;
      draw();
    }
  };

  const help = at("help");

  const again = () => {
    help.close();
    act("again");
  };

  const KEYS = {
    " ": () => act("go"),
    "+": () => act("more"),
    "=": () => act("more"), // the key of + without Shift
    ArrowRight: () => act("next"),
    PageDown: () => act("next"),
    ArrowLeft: () => act("back"),
    PageUp: () => act("back"),
    "?": () => help.showModal(),
    h: () => help.showModal(),
    m: () => show(MOVE),
    s: switchSound,
    d: switchDark,
    f: switchFull,
  };

  // Space and Enter belong to a button that was reached by keyboard; one that was clicked lets go of them.
  const belongsToButton = (event) => (event.key === " " || event.key === "Enter") && event.target.matches("button");

  const letGo = (event) => {
    if (event.detail > 0 && !help.open) {
      event.currentTarget.blur();
    }
  };

  const pressed = (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || belongsToButton(event)) {
      return;
    }
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (help.open && key !== "s" && key !== "d" && key !== "f") {
      return;
    }
    if (/^[0-9]$/.test(key)) {
      show(Number(key));
    } else if (Object.hasOwn(KEYS, key)) {
      event.preventDefault();
      KEYS[key]();
    }
  };

  const CLICKS = {
    go: () => act("go"),
    more: () => act("more"),
    next: () => act("next"),
    back: () => act("back"),
    ask: () => help.showModal(),
    sound: switchSound,
    dark: switchDark,
    full: switchFull,
    again,
    close: () => help.close(),
  };

  const begin = () => {
    Object.entries(CLICKS).forEach(([id, click]) => {
      at(id).addEventListener("click", click);
      at(id).addEventListener("click", letGo);
    });
    document.addEventListener("keydown", pressed);
    document.addEventListener("visibilitychange", () => {
      stayAwake();
      draw();
    });
    document.addEventListener("fullscreenchange", () => at("full").setAttribute("aria-pressed", String(document.fullscreenElement !== null)));
    window.addEventListener("resize", fit);
    window.addEventListener("pagehide", keep);
    const dark = window.matchMedia("(prefers-color-scheme: dark)").matches;
    at("dark").setAttribute("aria-pressed", String(dark));
    at("controls").hidden = false;
    draw();
    setInterval(draw, 250);
    setInterval(keep, KEPT_EVERY);
  };

  begin();
})();
