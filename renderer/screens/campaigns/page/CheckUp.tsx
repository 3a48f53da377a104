import { useRouter } from '@tanstack/react-router';
import { Check as Tick, TriangleAlert } from 'lucide-react';
import { Loaded } from '../../../frame/Loaded.tsx';
import { Button } from '../../../ui/Button.tsx';
import { cn } from '../../../ui/cn.ts';
import { Group } from '../form/Group.tsx';
import type { Check } from '../kinds.ts';
import { useCheckUp } from '../queries.ts';

/** Why calls are not being made, or that they are: everything that was looked at, what fails first. */
export function CheckUp({ id }: { id: number }) {
  const checks = useCheckUp(id);
  const failing = checks.data?.find(({ passed }) => !passed) ?? null;
  const title =
    checks.data === undefined || failing === null ? 'Are calls being made?' : 'Calls are not being made';
  return (
    <Group
      title={title}
      about={
        checks.data === undefined
          ? 'Looking…'
          : (failing?.sentence ?? 'Yes: everything that has to be so is so.')
      }
    >
      <Loaded query={checks} label="Looking what calls need" what="This could not be looked at." rows={6}>
        {(all) => (
          <ul aria-label="What was looked at" className="flex flex-col overflow-hidden rounded-lg border">
            {[...all]
              .sort((a, b) => Number(a.passed) - Number(b.passed))
              .map((check) => (
                <CheckRow key={check.what} check={check} />
              ))}
          </ul>
        )}
      </Loaded>
    </Group>
  );
}

function CheckRow({ check: { what, passed, sentence, goTo } }: { check: Check }) {
  const router = useRouter();
  return (
    <li
      data-tone={passed ? 'good' : 'bad'}
      className={cn(
        'flex items-start gap-2.5 border-b px-3 py-1.5 last:border-b-0',
        !passed && 'bg-tone-tint',
      )}
    >
      <span aria-hidden className="flex pt-[0.2em] text-tone [&>svg]:size-[1.1em]">
        {passed ? <Tick /> : <TriangleAlert />}
      </span>
      <span className="min-w-0 flex-1">
        <span className="font-medium">{what}</span>
        <span className="sr-only">{passed ? ', in order' : ', holds calls back'}</span>
        <span className={cn('block text-sm', passed && 'text-muted')}>{sentence}</span>
      </span>
      {!passed && goTo !== null && (
        <Button size="sm" aria-label={`Go there: ${what}`} onClick={() => router.history.push(goTo)}>
          Go there
        </Button>
      )}
    </li>
  );
}
