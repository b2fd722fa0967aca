/** Campaigns to begin with: copied, changed and switched on by whoever is responsible. None of them runs by itself. */
import type { z } from 'zod';
import type { campaignSchema } from './campaign.ts';

/** Without what only the company knows: when, how much, and the name under which it is kept. */
export type Example = Omit<z.input<typeof campaignSchema>, 'from' | 'until' | 'on'>;

export const shippedCampaigns: readonly Example[] = [
  {
    campaign: 'tasting-nearby',
    name: { de: 'Verkostung in der Nähe', en: 'Tasting nearby' },
    budget: { amountMinor: 50_000, currency: 'EUR' },
    purpose: 'news',
    audience: { count: ['order.delivered'], line: 'groceries', atLeast: 1 },
    reason: { de: 'weil Sie in der Nähe wohnen und Neuigkeiten wünschen', en: 'because you live nearby and asked for news' },
    channels: ['app', 'tv', 'e-mail'],
    phase: 'loyalty',
    pieces: [
      {
        piece: 'berlin',
        for: { postalAreas: ['10', '12', '13', '14'] },
        title: { de: 'Verkostung am Samstag in Berlin', en: 'Tasting on Saturday in Berlin' },
        text: { de: 'Probieren Sie, was im Herbst neu ist. Der Eintritt ist frei.', en: 'Try what is new this autumn. Admission is free.' },
      },
      {
        piece: 'munich',
        for: { postalAreas: ['80', '81', '85'] },
        title: { de: 'Verkostung am Samstag in München', en: 'Tasting on Saturday in Munich' },
        text: { de: 'Probieren Sie, was im Herbst neu ist. Der Eintritt ist frei.', en: 'Try what is new this autumn. Admission is free.' },
      },
    ],
    controlPercent: 10,
    outcome: ['outreach.opened'],
  },
  {
    campaign: 'heating-check',
    name: { de: 'Vor dem Winter', en: 'Before the winter' },
    budget: { amountMinor: 100_000, currency: 'EUR' },
    purpose: 'suggestion',
    reason: { de: 'weil Sie eine Heizung bei uns haben', en: 'because you have a heating with us' },
    channels: ['app', 'tv', 'fridge'],
    phase: 'cross-selling',
    pieces: [
      {
        piece: 'on-the-fridge',
        for: { devices: ['heating'], where: { channel: 'fridge', days: 35, atLeast: 3 } },
        title: { de: 'Ist der Tank bereit?', en: 'Is the tank ready?' },
        text: {
          de: 'Vor dem ersten Frost lohnt ein Blick: Wann Ihr Vorrat zu Ende geht, steht in der App.',
          en: 'Worth a look before the first frost: the app shows when your stock runs out.',
        },
        channels: ['fridge', 'app'],
      },
      {
        piece: 'heating-owners',
        for: { devices: ['heating'] },
        title: { de: 'Ist der Tank bereit?', en: 'Is the tank ready?' },
        text: {
          de: 'Vor dem ersten Frost lohnt ein Blick: Wann Ihr Vorrat zu Ende geht, steht hier.',
          en: 'Worth a look before the first frost: here is when your stock runs out.',
        },
        link: '/app/',
      },
    ],
    controlPercent: 10,
    outcome: ['order.approved@customer'],
  },
];
