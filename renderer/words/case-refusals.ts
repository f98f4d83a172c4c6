import type { CaseRefusalCode } from '#shared/domain/case/refusal-of.ts';
import type { DataRefusalCode } from '#shared/domain/event/data-refusal.ts';
import type { Action } from '#shared/domain/policy/policy.ts';
import { type Catalogue, counted } from './catalogue.ts';
import { actionWords, whoIn } from './roles.ts';
import { writtenDay } from './written-day.ts';

type DeskCode =
  | 'policy-newer'
  | 'policy-unread'
  | 'take-first'
  | 'newer-entries'
  | 'unread-entries'
  | 'lost-entries'
  | 'event-unknown';

/** From which rank on somebody may decide. */
const fromRank = (rank: unknown): string => (rank === 'inspector' ? 'an inspector or above' : 'a senior officer');

/** Why an event may not happen to a case: what the form that asked says beside its fields, and the activity of the case. */
export const caseRefusals: Catalogue<CaseRefusalCode | DataRefusalCode | DeskCode> = {
  // Who, and when at all
  'not-allowed': (params) => `Only ${whoIn(params)} can ${actionWords[params.action as Action] ?? 'do this'}.`,
  'not-by-endpoint': 'The central endpoint cannot work on cases.',
  'only-by-endpoint': 'Only the central endpoint delivers referrals.',
  'no-referral': 'There is no referral in this case.',
  'referral-received-already': 'This referral was delivered already.',
  'opened-already': 'This case was opened already.',
  'reached-in-future': 'It cannot have reached the unit later than now.',
  'case-taken-already': 'Another member has this case already.',
  'case-not-taken': 'This case has no owner.',
  'release-others': (params) => `Only the member who has the case, or ${whoIn(params)}, can release it.`,
  'reader-oneself': 'Nobody gives a case to themselves.',
  'reader-not-in-force': 'A case can only be given to a member of the unit who is in force.',
  'reader-already': 'This member was given the case already.',
  'too-many-readers': ({ maximum }) => `A case can be given to ${maximum} single members, and no more.`,
  'take-first': 'Take the case before you assess it.',
  'unread-entries': ({ count }) =>
    `${count === 1 ? '1 entry of this case is' : `${count} entries of this case are`} under a key that you were not given. Until you are, only what protects somebody can be recorded here. Ask a colleague who reads the case.`,
  'lost-entries': ({ count }) =>
    `${counted(count, 'entry', 'entries')} of a member who is suspended or has left cannot be read here. What is recorded does not wait for ${count === 1 ? 'it' : 'them'}.`,
  'newer-entries': ({ count }) =>
    `This case holds ${counted(count, 'entry', 'entries')} of a newer Probity. It can be read, and what protects somebody can be recorded. Update before deciding anything.`,
  'policy-newer':
    'A supervisor has recorded something about the unit’s policy with a newer Probity, so the policy in force is not known here. Cases can be read, and what protects somebody can be recorded. Update before deciding anything.',
  'policy-unread':
    'Part of the unit’s policy is under a key that you were not given, so the policy in force is not known here. Cases can be read, and what protects somebody can be recorded. Ask a colleague to pass the key on to you.',
  'event-unknown': 'This version of Probity does not know what was asked.',

  // What can be written
  'fill-in': 'Fill this in.',
  'choose-one': 'Choose one.',
  'choose-at-least-one': 'Choose at least one.',
  'too-short': ({ minimum }) => `Give your reasons in at least ${minimum} characters that can be read.`,
  'has-unseen': 'This has characters that nobody can see. Type it anew, without copying it from elsewhere.',
  'too-long': 'This is too long.',
  'not-whole': 'Give a whole number.',
  'not-an-instant': 'Give a date and time.',
  'not-a-day': 'Give a date.',
  malformed: 'This is not in a form that can be kept.',

  // Risk
  'nobody-named-at-risk': 'Say who is at risk, and the response.',

  // IOPC
  'criterion-twice': 'A criterion is named twice.',
  'corruption-without-criterion': 'A kind of serious corruption is named, but the criterion is not chosen.',
  'dsi-beside-conduct':
    'A DSI matter is neither a complaint nor a conduct matter. Where another criterion is met, choose death or serious injury of a complaint or conduct matter instead.',
  'clear-without-criterion': 'No criterion is met, so there is no time at which it became clear.',
  'say-when-clear': 'Say when it became clear that this must be referred.',
  'clear-in-future': 'It cannot have become clear later than now.',
  'criteria-before-referral': 'Record first which criteria are met: the deadline follows from them.',
  'sent-late': 'It was sent after the deadline. Say why.',
  'sent-in-future': 'It cannot have been sent, or called in, later than now.',
  'voluntary-without-grounds': 'Say what gravity or exceptional circumstances call for a voluntary referral.',
  'nothing-referred-before': 'Nothing was referred to the IOPC before.',
  'renotification-without-facts': 'Say which later facts change what the IOPC was told.',
  'no-test-sent': 'No other force sent this case with a test of its own.',
  'time-by-authority': ({ rank }) =>
    `Only ${rank ? `${fromRank(rank)}, or police staff of similar level,` : 'the local policing body'} can set the time in place of the sender’s. Until then the earlier counts.`,
  'say-when-referred': 'Say when it was referred: there is a reference.',
  'no-such-iopc-referral': 'This case has no such referral to the IOPC.',
  'answered-before-sent': 'The IOPC cannot have answered before it was asked.',
  'answered-in-future': 'The IOPC cannot have answered later than now.',
  'mode-not-in-effect': 'There was no such mode of investigation when the IOPC answered.',

  // Matter type and severity
  'grade-too-low': ({ rank }) =>
    `That decision is for ${fromRank(rank)}, or police staff of similar level, as your unit records ranks and grades. Record yours as provisional.`,
  'rank-of-matter':
    'The type of the matter was recorded of another rank. Where that was wrong, record the type of the matter again first.',
  'for-policing-body':
    'A decision about the chief officer is for the local policing body. Record yours as provisional.',
  'decided-already': 'This was decided by one who may. A provisional view does not take its place.',
  'appointed-by-whom': 'Say who appointed you.',

  // Suspension
  'say-when-arose': 'Say the day: whether suspension is a power or a duty follows from it.',
  'arose-in-future': 'This cannot be later than now.',
  'alleged-before-behaviour': 'The allegation cannot be older than the first day of the behaviour.',
  'not-listed': 'Before 13 July 2026, and of who is no officer, there are no listed cases. Leave this out.',
  'put-in-future': 'It cannot have been put to the authority later than now.',
  'decided-before-put': 'The authority cannot have decided before it was asked.',
  'decided-in-future': 'The authority cannot have decided later than now.',
  'say-when-suspension-reviewed': ({ on }) => `Say when the suspension is reviewed: no later than ${writtenDay(on)}.`,
  'review-of-no-suspension': 'Where nobody is suspended, there is no suspension to review. Leave the day out.',
  'review-before-decision': 'The review cannot come before the decision.',
  'review-too-late': ({ on }) => `A suspension decided then is reviewed no later than ${writtenDay(on)}.`,

  // Notification and review
  'say-when-reviewed': 'Say when not notifying the subject is looked at again.',
  'review-not-later': 'The review must be on a later day than today.',

  // Items and grading
  'item-not-in-place': 'The text of the item is not what stands in the referral at that place.',
  'no-such-item': 'There is no such item, or it was withdrawn.',
  'regrade-without-reason': 'Regrading needs a reason.',
  'corroboration-missing': 'Assessment B needs a link to what corroborates it.',
  'corroboration-of-same-origin': 'What has the same origin corroborates nothing: link another referral, or a record.',
  'judgement-missing': ({ grade }) =>
    `${grade === 'source3' ? 'Source 3' : 'Assessment E'} needs who judged so, and why.`,
  'anonymous-without-reason': ({ grade }) =>
    grade === 'source1'
      ? 'Source 1, of a reporter who is anonymous: say how it is known that they have proved reliable.'
      : 'Assessment A, of a reporter who is anonymous: say what in the referral shows that they saw or heard it.',
  'conditions-of-p': 'Handling P has no conditions. Choose C, or leave them out.',

  // Categories and standards
  'category-twice': 'A category is named twice.',
  'primary-not-chosen': 'The primary category must be one of those chosen.',
  'standard-twice': 'A standard is named twice.',

  // Sanitising
  'marks-open': ({ count }) => `${counted(count, 'mark is', 'marks are')} neither replaced nor kept with a reason.`,
  'marks-unseen': ({ count }) => `The check finds ${count} more. Replace each, or keep it with a reason.`,
  'answer-in-words': 'Answer in words, as you would tell a colleague.',
  'no-such-attachment': 'There is no such attachment.',
  'copy-of-another-file': 'The copy was made of another file than the referral holds.',
  'copy-of-another-type': 'The copy is of another type than the attachment.',
  'copy-name-tells': 'The name of the copy must say nothing but its place and type.',
  'copy-under-original-key': 'The copy is sealed under the key of the original.',

  // Disposition
  'lowered-without-reason': 'Say why the risk is less grave than it stood.',
  'risk-first': 'Record first whether anyone is at risk now.',
  'mandatory-first':
    'Record first whether this must be referred to the IOPC, or to the body of oversight of your force.',
  'iopc-owed': 'This must be referred to the IOPC before it can be closed.',
  'item-first': 'Record at least one item of information: it is what is kept.',
  'item-twice': 'An item is named twice.',
  'malicious-needs-e': 'Suspected malicious needs each item it rests on graded E, with reasons.',
  'not-chief-officer':
    'Only of the chief officer, or who acts as one, is the local policing body the authority. If the subject is, record that first: step 2, matter type.',
  'with-this-force-already': 'The referral is with this force already.',
  'options-not-weighed': 'Say which other option you considered, and why not.',
  'transfer-not-acknowledged':
    'It was sent to another force, where nobody has acknowledged it yet. Until a person there does, safeguarding goes on here.',
  'no-such-transfer': 'This case was not sent to another force by that entry.',
  'sent-back-without-reason': 'Say why it was sent back.',

  // References
  'reference-form': ({ example }) => `A reference of this kind is written as ${example}.`,
  'reference-twice': 'This case has this reference already.',
  'no-such-reference': 'There is no such reference, or it was withdrawn.',

  // Joining
  'not-by-hand': 'Only to a case that was opened by hand can a referral be joined. Link the two instead.',
  'joins-delivered-only':
    'Only a referral that the central endpoint delivered can be joined to another case. Link the two instead.',
  'join-to-itself': 'A referral cannot be joined to itself.',
  'joined-already': 'This referral was joined to a case already.',
  'joined-after-sent':
    'This case was sent to another force, without this referral. Record another disposition first, join it, and send both.',
  'joined-too-long':
    'Together the two are more than one referral can hold. Link them instead, and assess each on its own.',
  'join-of-decided': 'This referral was decided already. Link the two instead.',
  'joined-elsewhere': ({ reference }) => `This referral was joined to ${reference}. Decide there.`,

  // Links
  'link-to-itself': 'A referral cannot be linked to itself.',
  'linked-already': 'These referrals are linked already.',
  'no-such-link': 'There is no such link, or it was withdrawn.',
  'match-of-itself': 'A referral is no match of itself.',
  'rejected-already': 'This match is rejected already.',
  'no-such-rejection': 'There is no such rejection, or it was withdrawn.',
};
