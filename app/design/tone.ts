export type Tone = 'plain' | 'accent' | 'warn' | 'good' | 'bad';
