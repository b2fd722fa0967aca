/** Who works for the company here: one person at the telephone. */
import { AGENTS } from '../../../shared/api/routes.ts';

export const staff = [{ memberId: 'staff_weber', email: 'weber@nachschub.example', name: 'Frau Weber', groups: [AGENTS] }] as const;
