/** Who answers: one model of one provider. */
export interface ModelChoice {
  readonly providerId: string;
  readonly model: string;
}
