import { z } from 'zod';
import { dietTags } from './diet.ts';

export const dietTagSchema = z.enum(dietTags);
