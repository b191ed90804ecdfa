// What the measurements share. An action's time ends when the frame that shows its outcome has been handed over: what a
// frame's callback asks to be done next, a message or a timer, is done after that frame's style, layout and painting. The
// first of both counts: what the page itself does next must not be timed with it.
window.probe = (() => {
  const GIVE_UP_MS = 20000;
  // To the window itself: a port's messages go through another process here and come late.
  const TOKEN = 'probe: the frame is over';
  const waiting = [];
  addEventListener('message', ({ data }) => data === TOKEN && waiting.shift()?.());
  const afterThisFrame = (act) => {
    let over = false;
    const first = () => {
      if (!over) act();
      over = true;
    };
    waiting.push(first);
    setTimeout(first);
    postMessage(TOKEN, '*');
  };

  /** Milliseconds from the last press until what it asked for stood in the page, and until that had its place. */
  let stood = 0;
  let laid = 0;

  /** Calls `done` with the milliseconds since `start` once a frame in which `shown` holds was painted, -1 = it never came. */
  const until = (start, shown, done) => {
    const look = () => {
      if (shown()) {
        stood = performance.now() - start;
        void document.body.offsetHeight;
        laid = performance.now() - start;
        afterThisFrame(() => done(performance.now() - start));
      } else if (performance.now() - start > GIVE_UP_MS) done(-1);
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  };

  const rows = () => [...document.querySelectorAll('[role=option][data-index]')];
  const list = () => document.querySelector('[role=listbox]');
  const open = () => document.querySelector('[data-conversation]')?.dataset.conversation;

  /** Opens the row below the open one. */
  const openNext = (done) => {
    const before = open();
    const top = (row) => row?.getBoundingClientRect().top ?? 0;
    const selected = top(rows().find((row) => row.getAttribute('aria-selected') === 'true'));
    const row = rows().sort((a, b) => top(a) - top(b)).find((row) => top(row) > selected + 1);
    const start = performance.now();
    row.click();
    until(start, () => open() !== before && document.querySelector('[role=log] article'), done);
  };

  /** Opens the longest thread: that of "Guest 0", at the head of Mine. */
  const longest = (done) => {
    list().scrollTop = 0;
    setTimeout(() => {
      const before = open();
      const row = rows().find((one) => one.ariaLabel.startsWith('Guest 0'));
      if (!row) return done(-1);
      const start = performance.now();
      row.click();
      until(start, () => open() !== before && document.querySelector('[role=log] article'), done);
    }, 500);
  };

  /** Clicks `element`; shown = the list's first row or length is another. */
  const change = (element, done) => {
    const look = () => {
      const first = rows().find((row) => row.ariaPosInSet === '1');
      return `${first?.ariaLabel} ${first?.ariaSetSize}`;
    };
    const before = look();
    const start = performance.now();
    element.click();
    until(start, () => look() !== before && rows().length > 0, done);
  };

  /** Milliseconds of every frame while `element` is scrolled by `step` pixels a frame, there and back, for `duration`. */
  const scroll = (element, step, duration, done) => {
    const frames = [];
    let most = 0;
    let direction = 1;
    const start = performance.now();
    let last = start;
    const frame = () => {
      const now = performance.now();
      frames.push(now - last);
      last = now;
      most = Math.max(most, rows().length);
      if (now - start > duration) return done({ frames, most, height: element.scrollHeight });
      const before = element.scrollTop;
      element.scrollTop += step * direction;
      if (element.scrollTop === before) direction = -direction;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  };

  /** Keeps the milliseconds from each key to the frame that shows what it did, and what stood in the field, in `typed`. */
  const typed = [];
  const record = (field, answered) => {
    const keep = (event) => {
      const before = field.value;
      const start = event.timeStamp > 0 && event.timeStamp <= performance.now() ? event.timeStamp : performance.now();
      until(start, () => field.value !== before && answered(field.value), (took) => typed.push([took, field.value]));
    };
    typed.length = 0;
    field.focus();
    field.addEventListener('keydown', keep, true);
    return () => field.removeEventListener('keydown', keep, true);
  };

  /** A frame that shows nothing new: what a press costs at least. */
  const nothing = (done) => until(performance.now(), () => true, done);

  const parts = () => [stood, laid];

  return { nothing, parts, openNext, longest, change, scroll, record, typed, list, rows, open };
})();
