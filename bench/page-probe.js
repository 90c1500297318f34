// @ts-nocheck: this runs in the page, and the types at hand are those of Node.
// Runs in the page before anything of Folio's does and measures from inside: what was painted when.
(() => {
  const STAMP = /\^([0-9a-z]{7})/g;
  const UNITS_PER_MS = 100;
  const RANGE = 36 ** 7;

  /** Calls `then` with the time right after a frame was painted; a message comes after the frame's rendering. */
  const afterFrame = (then) =>
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => then(performance.now());
      channel.port2.postMessage(0);
    });

  const probe = {
    composerReadyMs: undefined,
    longTasks: 0,
    frames: [],
    lags: [],
    stamps: 0,
    sentAt: undefined,
    firstTokenMs: undefined,
    keys: [],
    isWatching: false,
  };
  globalThis.folioProbe = probe;

  const composer = () => document.querySelector("textarea:not([readonly]):not([disabled])");
  const readiness = new MutationObserver(() => {
    if (composer() === null) return;
    readiness.disconnect();
    afterFrame((now) => {
      probe.composerReadyMs = now;
    });
  });
  readiness.observe(document, { childList: true, subtree: true });

  new PerformanceObserver((list) => {
    probe.longTasks += list.getEntries().length;
  }).observe({ type: "longtask" });

  // The time from a key to the frame that shows what it did, and from sending to the first token.
  addEventListener(
    "keydown",
    (event) => {
      if (event.key === "Enter") {
        probe.sentAt = event.timeStamp;
        probe.firstTokenMs = undefined;
        probe.stampsBefore = probe.stamps;
      } else afterFrame((now) => probe.keys.push(now - event.timeStamp));
    },
    { capture: true },
  );

  let isChanged = false;
  let lastStamp = "";
  const changes = new MutationObserver(() => {
    isChanged = true;
  });

  const readStamps = (now) => {
    const text = document.querySelector("main")?.textContent ?? document.body.textContent ?? "";
    const from = lastStamp === "" ? 0 : text.lastIndexOf(lastStamp) + lastStamp.length;
    const wall = Math.floor((performance.timeOrigin + now) * UNITS_PER_MS) % RANGE;
    for (const [whole, digits] of text.slice(from).matchAll(STAMP)) {
      probe.lags.push((wall - Number.parseInt(digits, 36)) / UNITS_PER_MS);
      probe.stamps += 1;
      lastStamp = whole;
    }
    if (probe.firstTokenMs === undefined && probe.sentAt !== undefined && probe.stamps > probe.stampsBefore) {
      probe.firstTokenMs = now - probe.sentAt;
    }
  };

  let previous = 0;
  const onFrame = (now) => {
    if (!probe.isWatching) return;
    if (previous > 0) probe.frames.push(now - previous);
    previous = now;
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      if (!isChanged || !probe.readsStamps) return;
      isChanged = false;
      readStamps(performance.now());
    };
    channel.port2.postMessage(0);
    requestAnimationFrame(onFrame);
  };

  /** Counts frames, and tokens if asked to, from now on. */
  probe.watch = ({ stamps }) => {
    Object.assign(probe, { frames: [], lags: [], keys: [], longTasks: 0, isWatching: true, readsStamps: stamps });
    previous = 0;
    changes.observe(document.body, { childList: true, subtree: true, characterData: true });
    requestAnimationFrame(onFrame);
  };
  probe.unwatch = () => {
    probe.isWatching = false;
    changes.disconnect();
    const { frames, lags, keys, longTasks } = probe;
    return { frames, lags, keys, longTasks };
  };

  /** Clicks `selector`; resolves with the time until `text` is painted, and until a letter typed then is. */
  probe.clickUntil = (selector, text) =>
    new Promise((resolve) => {
      const begun = performance.now();
      document.querySelector(selector).click();
      const look = () =>
        afterFrame((now) => {
          if (document.querySelector("main")?.textContent?.includes(text)) resolve(now - begun);
          else look();
        });
      look();
    });

  /** Pastes into the field that has the focus what `preparePaste` was given; resolves when it is painted. */
  let clipboard = "";
  probe.preparePaste = (text) => {
    clipboard = text;
  };
  probe.paste = () =>
    new Promise((resolve) => {
      const begun = performance.now();
      const data = new DataTransfer();
      data.setData("text/plain", clipboard);
      const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
      // The page may take it over; otherwise the browser's own insertion follows, as after a real key press.
      if (document.activeElement.dispatchEvent(event)) document.execCommand("insertText", false, clipboard);
      afterFrame((now) => resolve(now - begun));
    });

  /** The least a page can do with an answer: a text node that grows, at most once a frame. */
  probe.appendBare = (tokens, perSecond) =>
    new Promise((resolve) => {
      const node = document.body.appendChild(document.createElement("pre")).appendChild(new Text());
      const begun = performance.now();
      let shown = 0;
      const grow = () => {
        const due = Math.min(tokens.length, Math.floor(((performance.now() - begun) * perSecond) / 1000));
        if (due > shown) node.appendData(tokens.slice(shown, due).join(""));
        shown = due;
        if (shown < tokens.length) requestAnimationFrame(grow);
        else resolve(undefined);
      };
      grow();
    });
})();
