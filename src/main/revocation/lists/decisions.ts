import { alternatives } from './alternatives.ts';
import { cleanValue } from './clean.ts';
import type { ListRow, ListTable } from './table.ts';

/** A column that decides about each row: whether to revoke, or whether to leave out. */
const words = (latin: string, others: string): RegExp =>
  new RegExp(
    String.raw`^(?:(?:to|please|should|bitte|zu|à|a|do) )?(?:(?:${alternatives(latin)})|(?:${alternatives(others)}))(?: (?:it|them|user|users|access|account|accounts|token|tokens|session|sessions|now|zugang|konto|accès|acceso|acesso|accesso|toegang|y n|n y|yes no|j n|ja nein|o n|oui non|s n|sí no|sim não|true false))*$`,
    'iu',
  );
const TAKES = words(
  String.raw`
  revoke deactivate disable terminate block lock log_?out log_?off sign_?out cut_off kill suspend remove delete offboard
  widerrufen sperren deaktivieren abmelden entfernen löschen révoquer désactiver bloquer supprimer revocar desactivar
  bloquear revogar desativar eliminar excluir_acesso revocare disattivare bloccare rimuovere intrekken deactiveren
  blokkeren återkalla inaktivera spärra tilbagekald deaktiver zablokować unieważnić dezaktywować odebrat zablokovat
  отозвать отключить заблокировать деактивировать відкликати заблокувати engelle kaldır devre_dışı
`,
  `失効 無効化 停止 取り消し 해지 비활성화 차단 吊销 撤销 撤銷 停用 禁用`,
);
const LEAVES = words(
  String.raw`
  keep excluded? exclusions? skip ignore exempt exceptions? except spare do_not_(?:revoke|block|touch) don_t_(?:revoke|block|touch)
  nicht_(?:sperren|widerrufen|abmelden|deaktivieren) ne_pas_(?:révoquer|bloquer|toucher) no_(?:revocar|bloquear|tocar)
  não_(?:revogar|bloquear|tocar) non_(?:revocare|bloccare|toccare) niet_(?:intrekken|blokkeren) bleib(?:t|en) ausnahmen excepciones exceções eccezioni uitzonderingen whitelisted? behalten ausschließen ausschliessen ausnehmen ausnahme
  überspringen conserver garder exclure ignorer mantener conservar ignorar manter escludere mantenere behouden
  uitsluiten overslaan behåll undanta behold zachować wykluczyć pominąć ponechat vynechat оставить исключить пропустить
  залишити tut hariç
`,
  `除外 対象外 残す 제외 유지 排除 保留 跳过`,
);
const YES =
  /^(?:y|yes|ja?|oui|o|si|sí|s|sì|sim|tak|ano|evet|да|так|true|wahr|vrai|verdadero|1|x|✓|✔|✅|☑|\[x\]|はい|○|예|네|是)$/iu;
const NO =
  /^(?:n|no|nein|non|não|nao|nee|nej|nei|nie|ne|ei|hayır|нет|ні|false|falsch|faux|falso|0|-|–|✗|✘|✕|❌|☐|\[ ?\]|いいえ|×|아니요|아니오|否)$/iu;

type Decides = 'takes' | 'leaves';

/** What a heading or a label says about those beside or below it. */
export function decides(heading: string): Decides | null {
  const text = heading
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .slice(0, 60);
  return TAKES.test(text) ? 'takes' : LEAVES.test(text) ? 'leaves' : null;
}

const plain = (cell: string | undefined): string => cleanValue(cell ?? '').replace(/\uFE0F/g, '');

/** Columns whose headings ask whether to revoke, and whose cells answer with yes or no and nothing else. */
function decidingColumns({
  heading,
  rows,
}: ListTable): readonly (readonly [index: number, decides: Decides])[] {
  return (heading ?? []).flatMap((name, index): [number, Decides][] => {
    const what = decides(name);
    if (what === null) return [];
    let answers = 0;
    for (const { cells, nobody } of rows) {
      const cell = plain(cells[index]);
      if (cell === '' || nobody) continue;
      if (!YES.test(cell) && !NO.test(cell)) return [];
      answers += 1;
    }
    return answers === 0 ? [] : [[index, what]];
  });
}

const isKept = (cell: string | undefined, what: Decides): boolean =>
  YES.test(plain(cell)) === (what === 'leaves');

/**
 * The table with those rows as naming nobody that a column says are not to be revoked: `Revoke?` with a no or without its
 * tick, `Keep` with a yes.
 */
export function withDecisions(table: ListTable): ListTable {
  const columns = decidingColumns(table);
  if (columns.length === 0) return table;
  const rows = table.rows.map((row): ListRow =>
    columns.some(([index, what]) => isKept(row.cells[index], what)) ? { ...row, nobody: true } : row,
  );
  return { ...table, rows };
}

/** Why a row that names somebody is kept back; undefined when no column says so. @param names of its columns. */
export function decisionNote(names: readonly string[], { cells }: ListRow): string | undefined {
  for (const [index, name] of names.entries()) {
    const what = decides(name);
    if (what === null || !isKept(cells[index], what)) continue;
    const cell = plain(cells[index]).slice(0, 40);
    return cell === '' ? `The column “${name}” is empty.` : `The column “${name}” says “${cell}”.`;
  }
  return undefined;
}
