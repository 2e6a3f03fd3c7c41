import type { Attachment } from '../../../shared/mail/parse.ts';
import { largestStreamed } from './attachment-limit.ts';
import { sizeWords } from './sizes.ts';

/** What came along with a mail, each to be downloaded alone where it is small enough. `path` is that of the mail. */
export function Attachments({ attachments, path }: { attachments: Attachment[]; path: string }) {
  if (attachments.length === 0) return null;
  return (
    <>
      <h3>{attachments.length === 1 ? '1 attachment' : `${attachments.length} attachments`}</h3>
      <ul class="attachments">
        {attachments.slice(0, most).map((attachment, index) => (
          <li>
            <span class="file-name">{attachment.filename?.trim() || 'without a name'}</span>
            <span class="hint">
              {`${attachment.contentType.toWellFormed()}, ${sizeWords(attachment.size)}${attachment.inline ? ', shown within the text' : ''}`}
            </span>
            {attachment.size > largestStreamed ? (
              <span class="hint">too large to be had alone: it is in the mail’s own download</span>
            ) : (
              <a href={attachmentPath(path, index, attachment)} download>
                Download
                <span class="heard">{` ${attachment.filename ?? `attachment ${index + 1}`}`}</span>
              </a>
            )}
          </li>
        ))}
      </ul>
      {attachments.length > most && (
        <p class="hint">{`and ${attachments.length - most} more, in the mail’s own download`}</p>
      )}
    </>
  );
}

const most = 30;

/** The name is only what the file is saved under: which attachment it is says its number. */
const attachmentPath = (path: string, index: number, { filename }: Attachment): string =>
  `${path.replace(/\.eml$/, '')}/attachments/${index + 1}?name=${encodeURIComponent(filename?.toWellFormed().slice(0, 120).toWellFormed() || `attachment ${index + 1}`)}`;
