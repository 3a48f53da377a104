import type { ImportPreview } from '../../../../shared/contract/imports.ts';
import { DELIMITERS, ENCODINGS } from '../../../../shared/domain/list-import.ts';
import { Banner } from '../../../ui/Banner.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Select } from '../../../ui/Select.tsx';
import type { ChosenReading } from './use-imports.ts';
import { CERTAINTY_WORD, DELIMITER_WORD, ENCODING_WORD } from './words.ts';

interface ReadingMenusProps {
  readonly preview: ImportPreview;
  readonly chosen: ChosenReading;
  readonly onChoose: (chosen: ChosenReading) => void;
}

/** Every guess about the file is a menu, and choosing reads the first rows again. */
export function ReadingMenus({ preview, chosen, onChoose }: ReadingMenusProps) {
  const { dialect, encoding, sheet } = preview.reading;
  const setDialect = (change: Partial<typeof dialect>) =>
    onChoose({ ...chosen, dialect: { ...dialect, ...change } });
  return (
    <>
      {preview.trouble !== null && (
        <Banner
          tone="bad"
          title={preview.trouble}
          className="mb-4 rounded-md"
          actions={
            dialect.hasQuotes && sheet === null ? (
              <Button onClick={() => setDialect({ hasQuotes: false })}>Read quotes as text</Button>
            ) : undefined
          }
        />
      )}
      <div className="mb-4 flex flex-wrap items-end gap-4">
        {sheet === null ? (
          <>
            <Select
              label="Encoding"
              className="w-60"
              value={encoding}
              onChange={(next) => onChoose({ ...chosen, encoding: next })}
              options={ENCODINGS.map((value) => ({
                value,
                label:
                  value === encoding
                    ? `${ENCODING_WORD[value]} (${CERTAINTY_WORD[preview.certainty]})`
                    : ENCODING_WORD[value],
              }))}
            />
            <Select
              label="Cells are parted by"
              className="w-40"
              value={dialect.delimiter}
              onChange={(delimiter) => setDialect({ delimiter, hasSepLine: dialect.hasSepLine })}
              options={delimitersWith(dialect.delimiter)}
            />
            <Select
              label="Quotes"
              className="w-44"
              value={dialect.hasQuotes ? 'around' : 'text'}
              onChange={(value) => setDialect({ hasQuotes: value === 'around' })}
              options={[
                { value: 'around', label: 'Stand around cells' },
                { value: 'text', label: 'Are text' },
              ]}
            />
          </>
        ) : (
          <Select
            label="Sheet"
            className="w-60"
            value={sheet}
            onChange={(next) => onChoose({ ...chosen, sheet: next, dialect: undefined })}
            options={preview.sheets.map((value) => ({ value, label: value }))}
          />
        )}
        <Select
          label="First row"
          className="w-48"
          value={dialect.hasHeader ? 'names' : 'row'}
          onChange={(value) => setDialect({ hasHeader: value === 'names' })}
          options={[
            { value: 'names', label: 'Names the columns' },
            { value: 'row', label: 'Is a contact already' },
          ]}
        />
      </div>
    </>
  );
}

function delimitersWith(own: string) {
  const all = DELIMITERS.some((each) => each === own) ? DELIMITERS : [...DELIMITERS, own];
  return all.map((value) => ({ value, label: DELIMITER_WORD[value] ?? `“${value}”` }));
}
