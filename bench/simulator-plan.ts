/** What the simulated upstream does with a request; the model's name carries it, so any client can ask for it. */
export interface SimulatorPlan {
  readonly tokens: number;
  /** Tokens per second; `Infinity` (written `max`) is as fast as the connection takes them. */
  readonly rate: number;
  /** `stamps`: each token carries its sending time. `markdown`: an answer with headings, lists, tables and code. */
  readonly text: "stamps" | "markdown";
}

/** `sim:tokens=2000,rate=20`; what is left out or cannot be read has the value of the short default plan. */
export function parsePlan(model: string): SimulatorPlan {
  const words = new URLSearchParams(model.replace(/^sim:/, "").replaceAll(",", "&"));
  const rate = words.get("rate") ?? "max";
  return {
    tokens: Math.max(1, Math.min(1_000_000, Number(words.get("tokens")) || 20)),
    rate: rate === "max" ? Number.POSITIVE_INFINITY : Math.max(0.1, Number(rate) || 20),
    text: words.get("text") === "markdown" ? "markdown" : "stamps",
  };
}

export function writePlan(plan: Partial<SimulatorPlan>): string {
  const rate = plan.rate === undefined || plan.rate === Number.POSITIVE_INFINITY ? "max" : String(plan.rate);
  return `sim:tokens=${plan.tokens ?? 20},rate=${rate}${plan.text === "markdown" ? ",text=markdown" : ""}`;
}
