import type { ChooseModel, ProvidersView } from "../../shared/providers.ts";

function offers(view: ProvidersView, choice: ChooseModel | undefined): boolean {
  const provider = view.providers.find(({ id }) => id === choice?.providerId);
  return provider !== undefined && choice !== undefined && provider.models.includes(choice.model);
}

/**
 * Who answers next in a conversation: what was picked for it here, else the model of its last answer where somebody
 * still offers it, else what new conversations use. `undefined` when nobody was chosen.
 */
export function resolveModel(options: {
  readonly view: ProvidersView | undefined;
  readonly picked: ChooseModel | undefined;
  readonly lastModel: string | undefined;
}): ChooseModel | undefined {
  const { view, picked, lastModel } = options;
  if (!view) return picked;
  if (picked && view.providers.some(({ id }) => id === picked.providerId)) return picked;
  if (lastModel !== undefined) {
    const chosenFirst = [view.chosen?.providerId, ...view.providers.map(({ id }) => id)];
    const providerId = chosenFirst.find((id) => id !== undefined && offers(view, { providerId: id, model: lastModel }));
    if (providerId !== undefined) return { providerId, model: lastModel };
  }
  return view.chosen;
}
