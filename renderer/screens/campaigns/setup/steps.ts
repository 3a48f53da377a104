export const SETUP_STEPS = ['people', 'script', 'rules', 'pace', 'review'] as const;
export type SetupStep = (typeof SETUP_STEPS)[number];

export const STEP: Readonly<Record<SetupStep, { readonly word: string; readonly title: string }>> = {
  people: { word: 'People', title: 'Who is rung' },
  script: { word: 'Script', title: 'What is said, and what comes of it' },
  rules: { word: 'Rules', title: 'When, and how often' },
  pace: { word: 'Pace', title: 'How calls are made' },
  review: { word: 'Review', title: 'What will happen' },
};

/** The step before or after, or null at the ends. */
export function beside(step: SetupStep, by: 1 | -1): SetupStep | null {
  return SETUP_STEPS[SETUP_STEPS.indexOf(step) + by] ?? null;
}
