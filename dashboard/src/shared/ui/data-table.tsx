import type { ReactNode } from "react";
import { cn } from "@/shared/lib/cn";

export interface Column<T> {
  id: string;
  header: string;
  cell: (row: T) => ReactNode;
  /** Left out below this width. */
  from?: "sm" | "md" | "lg" | "xl";
  end?: boolean;
  className?: string;
}

const shownFrom = {
  sm: "hidden sm:table-cell",
  md: "hidden md:table-cell",
  lg: "hidden lg:table-cell",
  xl: "hidden xl:table-cell",
};

interface DataTableProps<T> {
  label: string;
  columns: readonly Column<T>[];
  rows: readonly T[];
  id: (row: T) => string;
  selected?: string | undefined;
  onOpen?: (row: T) => void;
}

/** A plain table. Sorting, filtering and paging are the server's; opening is also a link in a cell. */
export function DataTable<T>({ label, columns, rows, id, selected, onOpen }: DataTableProps<T>) {
  const place = (column: Column<T>) =>
    cn("px-3 first:pl-5 last:pr-5", column.from && shownFrom[column.from], column.end && "text-end tabular");
  return (
    <div className="overflow-x-auto">
      <table className="w-full border-collapse" aria-label={label}>
        <thead>
          <tr className="border-b border-line text-small text-ink-3">
            {columns.map((column) => (
              <th key={column.id} scope="col" className={cn("h-9 whitespace-nowrap font-medium", place(column))}>
                {column.header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr
              key={id(row)}
              id={`row-${id(row)}`}
              data-selected={id(row) === selected || undefined}
              onClick={onOpen && (() => onOpen(row))}
              className={cn(
                "border-b border-line last:border-0 data-[selected]:bg-accent-soft",
                onOpen && "cursor-pointer hover:bg-sunken",
              )}
            >
              {columns.map((column) => (
                <td key={column.id} className={cn("h-11 py-1.5", place(column), column.className)}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
