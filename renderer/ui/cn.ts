import { type ClassValue, clsx } from 'clsx';
import { extendTailwindMerge } from 'tailwind-merge';

// Our own sizes and colours, so that `text-muted` and `text-sm` are not taken for the same thing.
const merge = extendTailwindMerge({
  extend: {
    theme: { text: ['xs', 'sm', 'base', 'lg', 'xl', '2xl'], shadow: ['low', 'high', 'top'] },
    classGroups: { h: ['h-row'], 'min-h': ['min-h-row'] },
  },
});

/** Joins class names; of two that contradict each other the later one stays. */
export function cn(...classes: ClassValue[]): string {
  return merge(clsx(classes));
}
