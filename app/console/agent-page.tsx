import { HouseholdFrame } from './household-frame.tsx';
import { CallNote } from './call-note.tsx';
import { Cases } from './cases.tsx';
import { Goods } from './goods.tsx';
import { Standing } from './standing.tsx';
import { Promises } from './promises.tsx';
import { LastSteps, NewestChapter } from './latest.tsx';
import { Troubles } from './troubles.tsx';
import { NextBest } from './trials/next-best.tsx';
import { WhoLives } from './who-lives.tsx';

/** Troubles first, then what is under way, who lives there, and the story beside. */
export default function AgentPage() {
  return (
    <HouseholdFrame>
      {({ data, reload }) => (
        <div class="console-columns">
          <div class="console-column">
            <Troubles data={data} />
            <Cases data={data} reload={reload} />
            <CallNote data={data} reload={reload} />
            <WhoLives data={data} />
          </div>
          <div class="console-column">
            <Goods data={data} />
            <Promises data={data} />
          </div>
          <div class="console-column">
            <NewestChapter data={data} />
            <NextBest data={data} />
            <Standing data={data} />
            <LastSteps data={data} />
          </div>
        </div>
      )}
    </HouseholdFrame>
  );
}
