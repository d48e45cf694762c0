import { plainWords, type Decides } from './decision-words.ts';

const YES =
  /^(?:y|yes|ja?|oui|o|si|sí|s|sì|sim|tak|ano|evet|да|так|true|wahr|vrai|verdadero|1|x|✓|✔|✅|☑|\[x\]|:(?:white_check_mark|heavy_check_mark):|はい|○|예|네|是)(?=$|\s*[^\p{L}\p{N}\s])/iu;
const NO =
  /^(?:n|no|nein|non|não|nao|nee|nej|nei|nie|ne|ei|hayır|нет|ні|not yet|noch nicht|pas encore|false|falsch|faux|falso|0|-|–|✗|✘|✕|❌|☐|\[ ?\]|:x:|none|n\/a|いいえ|×|아니요|아니오|否)(?=$|\s*[^\p{L}\p{N}\s])/iu;

/** What a cell under a question answers; null where it says something else. */
export const answerOf = (cell: string): boolean | null =>
  NO.test(cell) ? false : YES.test(cell) ? true : null;

/** A column in which each row says what is to be done. */
const ACTION =
  /^(?:(?:required|requested|next|planned|final|access|certification|review(?:er)?) )?(?:actions?|decisions?|outcomes?|what to do|to ?do|aktion|maßnahme|entscheidung|décision|acción|decisión|azione|decisione|ação|decisão|actie|besluit|действие|решение|対応|処置|조치|操作)(?: (?:required|requested|needed))?$/iu;
/** Whether the cells below a heading say what is to be done. */
export const isAction = (heading: string): boolean => ACTION.test(plainWords(heading));

/**
 * What a cell says in a review of access, where to approve is to keep it
 * (https://learn.microsoft.com/entra/id-governance/perform-access-review).
 */
export const reviewOf = (cell: string): Decides | null =>
  /^(?:approved?|certif(?:y|ied)|maintain(?:ed)?|no decision|not reviewed|don['’]?t know)$/i.test(cell)
    ? 'leaves'
    : /^den(?:y|ied)$/i.test(cell)
      ? 'takes'
      : null;
