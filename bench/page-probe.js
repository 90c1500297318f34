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
    longTasks: 0,
    frames: [],
    lags: [],
    stamps: 0,
    keys: [],
    isWatching: false,
  };
  globalThis.folioProbe = probe;

  const composer = () => document.querySelector("textarea:not([readonly]):not([disabled])");
  /** The time at which a composer that takes letters was painted. */
  probe.composerReady = new Promise((resolve) => {
    const readiness = new MutationObserver(() => {
      if (composer() === null) return;
      readiness.disconnect();
      afterFrame(resolve);
    });
    readiness.observe(document, { childList: true, subtree: true });
  });

  probe.firstPaint = new Promise((resolve) => {
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (entry.name === "first-contentful-paint") resolve(entry.startTime);
    }).observe({ type: "paint", buffered: true });
  });

  new PerformanceObserver((list) => {
    probe.longTasks += list.getEntries().length;
  }).observe({ type: "longtask" });

  // The time from a key to the frame that shows what it did, and from sending to the first token.
  addEventListener(
    "keydown",
    (event) => {
      if (event.key === "Enter") sentAt = event.timeStamp;
      else afterFrame((now) => probe.keys.push(now - event.timeStamp));
    },
    { capture: true },
  );

  let sentAt = 0;
  let onFirstToken;
  /** Call before Enter: resolves with the time from the key to the first token painted. */
  probe.nextFirstToken = () =>
    new Promise((resolve) => {
      onFirstToken = resolve;
    });

  let isChanged = false;
  let lastStamp = "";
  const changes = new MutationObserver(() => {
    isChanged = true;
  });

  const readStamps = (now) => {
    const text = document.querySelector("main")?.textContent ?? document.body.textContent ?? "";
    const from = lastStamp === "" ? 0 : text.lastIndexOf(lastStamp) + lastStamp.length;
    const before = probe.stamps;
    const wall = Math.floor((performance.timeOrigin + now) * UNITS_PER_MS) % RANGE;
    for (const [whole, digits] of text.slice(from).matchAll(STAMP)) {
      probe.lags.push((wall - Number.parseInt(digits, 36)) / UNITS_PER_MS);
      probe.stamps += 1;
      lastStamp = whole;
    }
    if (probe.stamps > before) {
      onFirstToken?.(now - sentAt);
      onFirstToken = undefined;
    }
  };

  let previous = 0;
  const onFrame = (now) => {
    if (!probe.isWatching) return;
    if (previous > 0) probe.frames.push(now - previous);
    previous = now;
    requestAnimationFrame(onFrame);
    // Without stamps to read, the probe does no more in a frame than it must: what it does counts as the page's scripting.
    if (!probe.readsStamps) return;
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      if (!isChanged) return;
      isChanged = false;
      readStamps(performance.now());
    };
    channel.port2.postMessage(0);
  };

  /** Counts frames, and tokens if asked to, from now on. */
  probe.watch = ({ stamps }) => {
    Object.assign(probe, { frames: [], lags: [], keys: [], longTasks: 0, isWatching: true, readsStamps: stamps });
    previous = 0;
    if (stamps) changes.observe(document.body, { childList: true, subtree: true, characterData: true });
    requestAnimationFrame(onFrame);
  };
  probe.unwatch = () => {
    probe.isWatching = false;
    changes.disconnect();
    // The last key's frame is still to come.
    return new Promise((resolve) => {
      afterFrame(() => {
        const { frames, lags, keys, longTasks } = probe;
        resolve({ frames, lags, keys, longTasks });
      });
    });
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

  /** Call before the keys of a paste: resolves with the time from the event to the frame that shows what became of it. */
  probe.nextPaste = () =>
    new Promise((resolve) => {
      const onPaste = (event) => afterFrame((now) => resolve(now - event.timeStamp));
      addEventListener("paste", onPaste, { capture: true, once: true });
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
