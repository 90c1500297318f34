/** All scenarios of the fault server by name. */
import { brokenStreams } from "./broken-streams.ts";
import type { Scenario, Scenarios } from "./exchange.ts";
import { plainAnswers } from "./plain-answers.ts";
import { refusedRequests } from "./refused-requests.ts";
import { unusualForms } from "./unusual-forms.ts";

const all: Scenarios = { ...plainAnswers, ...refusedRequests, ...brokenStreams, ...unusualForms };

export function scenarioNames(): readonly string[] {
  return Object.keys(all);
}

/** The scenario that a model's name asks for; an unknown name is a model that the server does not have. */
export function scenarioOf(model: string): Scenario {
  const [name = "", ...rest] = model.replace(/^fault:/, "").split(":");
  const scenario = all[name] ?? all["404-model"];
  return (exchange) => scenario?.({ ...exchange, argument: rest.join(":") });
}
