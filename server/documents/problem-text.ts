const words: ReadonlyMap<string, string> = new Map(
  Object.entries({
    "missing-role": "Role is missing.",
    "missing-goal": "Goal is missing.",
    "missing-backstory": "Backstory is missing.",
    "missing-title": "It has no title.",
    "missing-status": "Status is missing.",
    "missing-proposed-by": "“Proposed by” is missing.",
    "missing-date": "Date is missing.",
    "unknown-status": "Its status is none of the known words.",
    "wrong-date": "Its date is no day of the form YYYY-MM-DD.",
    "foreign-key": "Its key is not of the form pt-xxxxxx.",
    "unknown-field": "It has fields that Folio does not know; they are kept.",
    "unknown-text": "It says more than its fields; that is kept.",
    "writes-outside": "Writes is no single document below .codex/.",
    "writes-invalid": "Writes is no single document below .codex/.",
    foreign: "Written in another form; it can be read only.",
    "key-without-back-ticks": "Its key has no back-ticks.",
    "unusual-key": "Its key is not of lower-case letters, digits, - and _.",
    "duplicate-key": "One above has the same key; that one counts.",
    "not-utf8": "It holds bytes that are no UTF-8.",
    "field-colon-outside": "A field has its colon outside of the bold name.",
    "field-hard-break": "A field ends in a hard line break.",
    "field-smart-quotes": "A field holds curly quotation marks.",
    "field-empty": "A field is empty.",
    "field-repeated": "A field stands there twice; the first one counts.",
  }),
);

/** What is unusual about a record, as a person reads it. */
export function problemText(code: string): string {
  return words.get(code) ?? code;
}
