// Runs in the page from its first moment on and writes down what happens, for tools/speed.mjs.
(() => {
  const seen = { shifts: 0, tasks: [], events: [], lcp: 0, menu: 0, tapped: 0 };
  const watch = (type, take, options) => new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true, ...options });
  watch('layout-shift', (entry) => { if (!entry.hadRecentInput) seen.shifts += entry.value; });
  watch('longtask', (entry) => seen.tasks.push({ start: entry.startTime, duration: entry.duration }));
  watch('largest-contentful-paint', (entry) => { seen.lcp = entry.startTime; });
  watch('event', (entry) => {
    if (entry.interactionId) seen.events.push({ duration: entry.duration });
  }, { durationThreshold: 16 });

  // The first card of a real dish, once the frame that shows it is done.
  const waiting = new MutationObserver(() => {
    if (!document.querySelector('[data-testid="dish-open"]')) return;
    waiting.disconnect();
    requestAnimationFrame(() => setTimeout(() => { seen.menu = performance.now(); }));
  });
  waiting.observe(document, { childList: true, subtree: true });

  // The first tap that a card took, when the finger came down on it.
  let down = 0;
  addEventListener('pointerdown', (event) => { down = event.timeStamp; }, true);
  addEventListener('click', (event) => {
    if (!seen.tapped && event.target.closest?.('[data-testid="dish-open"]')) seen.tapped = down;
  }, true);

  // Frames between start and stop, in milliseconds each.
  seen.frames = () => {
    const times = [];
    let going = true;
    const tick = (time) => {
      times.push(time);
      if (going) requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
    return () => {
      going = false;
      return times.slice(1).map((time, index) => time - times[index]);
    };
  };

  // How long a fixed piece of work takes: the same on a quiet machine, more on a busy one.
  seen.work = () => {
    const start = performance.now();
    let sum = 1;
    for (let step = 0; step < 3e6; step += 1) sum = (sum * 1103515245 + 12345) % 2147483648;
    return sum >= 0 ? performance.now() - start : 0;
  };
  window.speed = seen;
})();
