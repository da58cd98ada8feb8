/** Server-sent events read with fetch: unlike EventSource, it can carry the token, and says what went wrong. */

const SILENCE_MILLIS = 15000;
const LONGEST_PAUSE_MILLIS = 5000;

export async function listen(path, hooks) {
  let last = "";
  let pause = 500;
  for (;;) {
    const abort = new AbortController();
    let watch = 0;
    try {
      const headers = hooks.headers();
      if (last) headers["Last-Event-ID"] = last;
      const response = await fetch(path, { headers, signal: abort.signal, cache: "no-store" });
      if (response.status === 401) {
        await hooks.denied();
        continue;
      }
      if (!response.ok) throw new Error("status " + response.status);
      hooks.state("live");
      pause = 500;
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      let rest = "";
      for (;;) {
        clearTimeout(watch);
        watch = setTimeout(() => abort.abort(), SILENCE_MILLIS);
        const { value, done } = await reader.read();
        if (done) break;
        const blocks = (rest + value).split("\n\n");
        rest = blocks.pop();
        for (const block of blocks) last = deliver(block, hooks) || last;
      }
    } catch (lost) {
      hooks.state("lost", lost.message);
    } finally {
      clearTimeout(watch);
    }
    hooks.state("lost");
    await new Promise(done => setTimeout(done, pause));
    pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
  }
}

function deliver(block, hooks) {
  let id = "";
  let name = "message";
  let data = "";
  for (const line of block.split("\n")) {
    if (line.startsWith("id: ")) id = line.slice(4);
    else if (line.startsWith("event: ")) name = line.slice(7);
    else if (line.startsWith("data: ")) data += line.slice(6);
  }
  if (data) hooks.event(name, JSON.parse(data));
  return id;
}
