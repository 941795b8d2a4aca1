"use strict";

// The clock of the room without its page: a plan, a state, and what a key does to it. Nothing here reads a clock or draws:
// `now` is a steady time (it never jumps), `wall` is the time of day; both are milliseconds since 1970.
//
// A state is never changed, only replaced. Each block has a watch of its own: what was `spent` on it and the `extra` that it was
// given; `since` is the moment at which the watch of the block of `index` began to run, or null where it stands still.
const RoomClock = (() => {
  const MINUTE = 60000;
  const MORE = 5 * MINUTE;
  const FAR = 12 * 60 * MINUTE; // beyond it, it is not the day of the event, and a saved state is of another day
  const SOON = 0.2; // the share of the time left at which the ring changes, and at which it does again
  const LAST = 0.05;

  const fresh = (plan) => ({
    index: 0,
    begun: false,
    since: null,
    spent: plan.blocks.map(() => 0),
    extra: plan.blocks.map(() => 0),
  });

  const ended = (plan, state) => state.index >= plan.blocks.length;

  const spentOn = (state, now) => {
    const running = state.since === null ? 0 : Math.max(0, now - state.since);
    return (state.spent[state.index] || 0) + running;
  };

  const lengthOf = (plan, state) => plan.blocks[state.index].minutes * MINUTE + state.extra[state.index];

  const leftOf = (plan, state, now) => lengthOf(plan, state) - spentOn(state, now);

  const replaced = (values, index, value) => values.map((old, place) => (place === index ? value : old));

  // The state with the running watch read: what has run is spent, and the watch runs on from now.
  const read = (state, now) => {
    if (state.since === null) {
      return state;
    }
    return { ...state, since: now, spent: replaced(state.spent, state.index, spentOn(state, now)) };
  };

  const toggled = (plan, state, now) => {
    if (ended(plan, state)) {
      return state;
    }
    const still = read(state, now);
    return { ...still, begun: true, since: state.since === null ? now : null };
  };

  const lengthened = (plan, state) => {
    if (ended(plan, state)) {
      return state;
    }
    return { ...state, extra: replaced(state.extra, state.index, state.extra[state.index] + MORE) };
  };

  // The watch goes on with the next block if it ran; after the last block it stops.
  const moved = (plan, state, now, by) => {
    const index = Math.min(plan.blocks.length, Math.max(0, state.index + by));
    const still = read(state, now);
    return { ...still, index, since: index === plan.blocks.length ? null : still.since };
  };

  const ACTIONS = {
    go: toggled,
    more: lengthened,
    next: (plan, state, now) => moved(plan, state, now, 1),
    back: (plan, state, now) => moved(plan, state, now, -1),
    again: fresh,
  };

  const act = (plan, state, action, now) => ACTIONS[action](plan, state, now);

  const opensAt = (plan) => plan.blocks[0].opens;

  const closesAt = (plan) => plan.blocks[plan.blocks.length - 1].closes;

  const isRehearsal = (plan, wall) => wall < opensAt(plan) - FAR || wall > closesAt(plan) + FAR;

  // By how many milliseconds the room is behind its timetable (below zero: ahead of it); null where nobody can tell.
  const behind = (plan, state, now, wall) => {
    if (ended(plan, state)) {
      return null;
    }
    const block = plan.blocks[state.index];
    if (!state.begun) {
      return wall < block.opens ? null : wall - block.opens;
    }
    return wall + Math.max(0, leftOf(plan, state, now)) - block.closes;
  };

  // Whole minutes towards zero: 59 seconds late is on time.
  const pace = (plan, state, now, wall) => {
    if (isRehearsal(plan, wall)) {
      return { kind: "rehearsal", minutes: 0 };
    }
    const late = behind(plan, state, now, wall);
    if (late === null) {
      return { kind: "unknown", minutes: 0 };
    }
    const minutes = Math.trunc(late / MINUTE);
    const kind = minutes > 0 ? "behind" : minutes < 0 ? "ahead" : "on_time";
    return { kind, minutes: Math.abs(minutes) };
  };

  const phaseOf = (plan, state) => {
    if (ended(plan, state)) {
      return "ended";
    }
    if (state.since !== null) {
      return "running";
    }
    return state.begun ? "paused" : "before";
  };

  const toneOf = (left, length) => {
    if (left < 0) {
      return "over";
    }
    if (left <= LAST * length) {
      return "last";
    }
    return left <= SOON * length ? "soon" : "calm";
  };

  // Before the start the watch counts towards it, if that is today and still to come.
  const untilStart = (plan, state, wall) => {
    const opens = opensAt(plan);
    return state.index === 0 && wall < opens && !isRehearsal(plan, wall) ? opens - wall : null;
  };

  // The last minutes of a round are for going to the next table; so is what is over time, where the next round comes at once.
  const isMoving = (plan, state, left) => {
    const block = plan.blocks[state.index];
    const next = plan.blocks[state.index + 1];
    const leads = block.round > 0 && next !== undefined && next.round > 0;
    return state.begun && left <= block.move * MINUTE && (block.move > 0 || leads);
  };

  const shown = (plan, state, now, wall) => {
    const phase = phaseOf(plan, state);
    if (phase === "ended") {
      return { phase, index: state.index, left: null, until: null, share: 0, tone: "calm", pace: pace(plan, state, now, wall), nextAt: null };
    }
    const length = lengthOf(plan, state);
    const left = leftOf(plan, state, now);
    const late = behind(plan, state, now, wall);
    const next = plan.blocks[state.index + 1];
    return {
      phase,
      index: state.index,
      left,
      until: phase === "before" ? untilStart(plan, state, wall) : null,
      share: Math.min(1, Math.max(0, left / length)),
      moving: isMoving(plan, state, left),
      tone: toneOf(left, length),
      pace: pace(plan, state, now, wall),
      nextAt: !next || late === null || isRehearsal(plan, wall) ? null : next.opens + late,
    };
  };

  // What a reload needs: the watch read, and when that was by the time of day, the only time that outlives the page.
  const saved = (state, now, wall) => ({ ...read(state, now), running: state.since !== null, at: wall });

  const areTimes = (values, plan) =>
    Array.isArray(values) && values.length === plan.blocks.length && values.every((value) => Number.isFinite(value) && value >= 0);

  // Null where it is no state of this plan, or of another day.
  const restored = (plan, kept, now, wall) => {
    if (kept === null || typeof kept !== "object" || !areTimes(kept.spent, plan) || !areTimes(kept.extra, plan)) {
      return null;
    }
    const known = Number.isInteger(kept.index) && kept.index >= 0 && kept.index <= plan.blocks.length && Number.isFinite(kept.at);
    if (!known || Math.abs(wall - kept.at) > FAR) {
      return null;
    }
    const running = kept.running === true && kept.index < plan.blocks.length;
    return {
      index: kept.index,
      begun: kept.begun === true,
      since: running ? now - Math.max(0, wall - kept.at) : null,
      spent: kept.spent,
      extra: kept.extra,
    };
  };

  // 12:05, 1:02:05 from a hundred minutes on. What is left counts whole seconds begun, so that 20:00 is shown at first.
  const digits = (milliseconds) => {
    const seconds = Math.ceil(Math.abs(milliseconds) / 1000);
    const two = (number) => String(number).padStart(2, "0");
    if (seconds < 6000) {
      return `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`;
    }
    return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  };

  return Object.freeze({ fresh, act, shown, saved, restored, digits });
})();
