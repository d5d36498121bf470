// The server-sent feed and how old what it said is, by the page's own stopwatch: viewers' clocks may be wrong.

const SILENCE_MS = 5000;

export class Feed {
  constructor(url, onMessage) {
    this.url = url;
    this.onMessage = onMessage;
    this.last = null; // the newest message
    this.heardAt = performance.now();
    this.open();
    setInterval(() => this.check(), 1000);
  }

  open() {
    this.source?.close();
    this.openedAt = performance.now();
    this.source = new EventSource(this.url);
    this.source.onmessage = (event) => {
      this.last = JSON.parse(event.data);
      this.heardAt = performance.now();
      this.onMessage();
    };
  }

  /** A browser gives up on some errors, and does not notice a cable that was pulled. */
  async check() {
    const silent = performance.now() - Math.max(this.heardAt, this.openedAt) > SILENCE_MS;
    const refused = this.source.readyState === EventSource.CLOSED;
    if (silent || refused) this.open();
    if (refused && (await isSignedOut(this.url))) location.reload(); // which leads to the sign-in
  }

  get broken() {
    return performance.now() - this.heardAt > SILENCE_MS;
  }

  /** Seconds since the figures were read. */
  get readAgo() {
    return (this.last?.read_ago_s ?? 0) + (performance.now() - this.heardAt) / 1000;
  }
}

/** Whether the feed is refused because nobody is signed in any more. */
async function isSignedOut(url) {
  const asking = new AbortController();
  try {
    return (await fetch(url, { signal: asking.signal })).status === 401;
  } catch {
    return false;
  } finally {
    asking.abort();
  }
}
