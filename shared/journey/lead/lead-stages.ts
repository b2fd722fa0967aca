/** Where a lead can stand. Without zod, because the console's pages read it too. */
export const leadStages = ['generated', 'addressed', 'nurtured', 'handed-over', 'won', 'lost'] as const;
export type LeadStage = (typeof leadStages)[number];

/** Those on the way, in its order. */
export const wayStages = ['generated', 'addressed', 'nurtured', 'handed-over', 'won'] as const satisfies readonly LeadStage[];
