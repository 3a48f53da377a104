import type { Instant } from '../../shared/lib/instants.ts';
import { type ReadDb, reading } from './open.ts';

/** A contact as they leave in a file. */
export interface ExportRow {
  readonly id: number;
  readonly name: string;
  readonly company: string;
  readonly title: string;
  readonly place: string;
  readonly email: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly list: string;
  readonly tags: string;
  /** The one that would be rung first. */
  readonly numbers: readonly string[];
  readonly lastCalledAt: Instant | null;
  readonly lastOutcome: string;
}

/** Some contacts in the order of their ids given; those who are gone are left out. */
export function exportRows(db: ReadDb, ids: readonly number[]): ExportRow[] {
  return rows(db)
    .all(JSON.stringify(ids))
    .map(({ fields, numbers, ...row }) => ({
      ...row,
      fields: JSON.parse(fields) as Record<string, string>,
      numbers: JSON.parse(numbers) as string[],
    }));
}

type Row = Omit<ExportRow, 'fields' | 'numbers'> & { fields: string; numbers: string };

const rows = reading<Row>(`
  SELECT c.id, c.name, c.company, c.title, c.place, c.email, c.fields, ifnull(l.name, '') AS list,
    ifnull((SELECT group_concat(g.name, ', ') FROM contact_tags t JOIN tags g ON g.id = t.tag_id
      WHERE t.contact_id = c.id), '') AS tags,
    (SELECT json_group_array(e164) FROM (SELECT n.e164 FROM contact_numbers n WHERE n.contact_id = c.id
      ORDER BY n.is_usable DESC, n.is_starred DESC, n.id LIMIT 20)) AS numbers,
    (SELECT max(a.intended_at) FROM attempts a WHERE a.contact_id = c.id) AS lastCalledAt,
    ifnull((SELECT k.label FROM outcomes o JOIN disposition_kinds k ON k.id = o.disposition_id
      WHERE o.contact_id = c.id AND o.undone_at IS NULL ORDER BY o.filed_at DESC LIMIT 1), '') AS lastOutcome
  FROM json_each(?) AS k CROSS JOIN contacts c ON c.id = k.value LEFT JOIN lists l ON l.id = c.list_id
  ORDER BY k.key`);

/** The names of the fields that some contacts have. */
export function fieldNames(db: ReadDb, ids: readonly number[]): string[] {
  return names(db)
    .all(JSON.stringify(ids))
    .map(({ name }) => name);
}

const names = reading<{ name: string }>(`
  SELECT DISTINCT f.key AS name FROM json_each(?) AS k CROSS JOIN contacts c ON c.id = k.value, json_each(c.fields) f
  WHERE c.fields <> '{}'`);
