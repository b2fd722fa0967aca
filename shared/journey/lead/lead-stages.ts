/** Where a lead can stand. Without zod, because the console's pages read it too. */
export const leadStages = ['generated', 'addressed', 'nurtured', 'handed-over', 'won', 'lost'] as const;
export type LeadStage = (typeof leadStages)[number];

/** Those on the way in their order; whoever won without one of the steps between has taken the way all the same. */
export const wayStages = ['generated', 'addressed', 'nurtured', 'handed-over', 'won'] as const satisfies readonly LeadStage[];
