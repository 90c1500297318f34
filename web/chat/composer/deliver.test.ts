import { describe, expect, it } from "vitest";
import { ApiProblem, ConnectionLost } from "../../platform/api.ts";
import { type DeliveryState, deliver } from "./deliver.ts";

function problem(code: "disk-full" | "stopping"): ApiProblem {
  return new ApiProblem({ type: `about:blank#${code}`, code, status: 507, title: "No." });
}

async function run(outcomes: readonly unknown[], signal = new AbortController().signal) {
  const states: DeliveryState["kind"][] = [];
  let tries = 0;
  const answer = await deliver({
    attempt: async () => {
      const outcome = outcomes[tries];
      tries += 1;
      if (outcome !== "saved") throw outcome;
      return outcome;
    },
    onState: (state) => states.push(state.kind),
    pause: async () => {},
    signal,
  });
  return { answer, states, tries };
}

describe("deliver", () => {
  it("is idle again only after the acknowledgement", async () => {
    expect(await run(["saved"])).toEqual({ answer: "saved", states: ["sending", "idle"], tries: 1 });
  });

  it("waits and tries again when the connection is lost or the server stops", async () => {
    const result = await run([new ConnectionLost(undefined), problem("stopping"), "saved"]);
    expect(result.states).toEqual(["sending", "waiting", "sending", "waiting", "sending", "idle"]);
    expect(result.answer).toBe("saved");
  });

  it("ends with the reason when it is refused", async () => {
    const result = await run([problem("disk-full"), "saved"]);
    expect(result).toEqual({ answer: undefined, states: ["sending", "refused"], tries: 1 });
  });

  it("does not try again after it was taken back", async () => {
    const taken = new AbortController();
    taken.abort();
    const result = await run([new ConnectionLost(undefined), "saved"], taken.signal);
    expect(result).toEqual({ answer: undefined, states: ["sending", "waiting", "idle"], tries: 1 });
  });
});
