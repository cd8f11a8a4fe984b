using System.Numerics;
using Clew.Model;

namespace Clew.Storage.Segments.Analytics;

/// <summary>The tree of the trace at hand, by the rules of <see cref="Query.SpanTree"/> for spans that come in one piece.</summary>
internal sealed partial class RowLinker
{
    private int[] slots = new int[256];
    private byte[] visits = new byte[64];
    private uint slotMask;

    /// <summary>Puts spans under their ids. False where one of them has to be put together from pieces: then the trace is not for columns.</summary>
    private bool TryIndex()
    {
        int size = (int)BitOperations.RoundUpToPowerOf2((uint)count * 2);
        if (slots.Length < size)
            slots = new int[size];
        Array.Clear(slots, 0, size);
        slotMask = (uint)size - 1;
        bool hasTwins = false;
        for (int i = 0; i < count; i++)
        {
            ref LinkSpan span = ref spans[i];
            span.Twin = None;
            span.Caller = -2;
            span.IsAnswered = false;
            if (span.ParentId == span.Id)
                span.ParentId = default;
            ref int slot = ref SlotOf(span.Id);
            if (slot == 0)
            {
                slot = i + 1;
                continue;
            }
            ref LinkSpan first = ref spans[slot - 1];
            if (first.Twin != None)
                return false;
            first.Twin = i;
            hasTwins = true;
        }
        return !hasTwins || TryPairTwins();
    }

    // Two spans of one id are the two halves of a call, or pieces of one.
    private bool TryPairTwins()
    {
        for (int i = 0; i < count; i++)
        {
            if (spans[i].Twin == None)
                continue;
            ref LinkSpan first = ref spans[i], second = ref spans[spans[i].Twin];
            if ((first.Kind == SpanKind.Client && !first.IsShared) || (second.Kind == SpanKind.Client && !second.IsShared))
            {
                first.IsShared |= first.Kind == SpanKind.Server;
                second.IsShared |= second.Kind == SpanKind.Server;
            }
            if (first.IsShared == second.IsShared)
                return false;
            ref LinkSpan owner = ref first.IsShared ? ref second : ref first;
            ref LinkSpan shared = ref first.IsShared ? ref first : ref second;
            if (shared.ParentId.IsZero)
                shared.ParentId = owner.ParentId;
        }
        return true;
    }

    // False where hosts would have to be compared by more than a name.
    private bool TryFindParents()
    {
        for (int i = 0; i < count; i++)
        {
            ref LinkSpan span = ref spans[i];
            span.Parent = None;
            if (span.IsShared && Half(SlotOf(span.Id) - 1, isShared: false) is var own and not None)
            {
                span.Parent = own;
                continue;
            }
            if (span.ParentId.IsZero)
                continue;
            int first = SlotOf(span.ParentId) - 1;
            if (first == None)
                continue;
            int owner = Half(first, isShared: false), shared = Half(first, isShared: true);
            if (shared != None && owner != None)
            {
                if (span.Local < 0 || spans[shared].Local < 0)
                    return false;
                span.Parent = span.Local == spans[shared].Local ? shared : owner;
            }
            else
            {
                span.Parent = owner != None ? owner : shared;
            }
        }
        return true;
    }

    private int Half(int first, bool isShared)
    {
        if (spans[first].IsShared == isShared)
            return first;
        int twin = spans[first].Twin;
        return twin != None && spans[twin].IsShared == isShared ? twin : None;
    }

    // As the reference: all spans of a cycle lose their parent.
    private void BreakCycles()
    {
        const byte onThisWalk = 1, done = 2;
        if (visits.Length < count)
            visits = new byte[spans.Length];
        Array.Clear(visits, 0, count);
        for (int start = 0; start < count; start++)
        {
            int i = start;
            for (; i != None && visits[i] == 0; i = spans[i].Parent)
                visits[i] = onThisWalk;
            while (i != None && visits[i] == onThisWalk)
            {
                visits[i] = done;
                (spans[i].Parent, i) = (None, spans[i].Parent);
            }
            for (i = start; i != None && visits[i] == onThisWalk; i = spans[i].Parent)
                visits[i] = done;
        }
    }

    /// <summary>Hangs what has no place under the root, which it returns; -1 when no span is one.</summary>
    private int Adopt()
    {
        int root = None;
        for (int i = 0; i < count; i++)
        {
            if (spans[i].Parent == None && spans[i].ParentId.IsZero && (root == None || IsBeforeAsRoot(in spans[i], in spans[root])))
                root = i;
        }
        for (int i = 0; i < count; i++)
        {
            if (i != root && spans[i].Parent == None)
                spans[i].Parent = root;
        }
        return root;
    }

    private static bool IsBeforeAsRoot(in LinkSpan left, in LinkSpan right)
    {
        if (left.StartNs != right.StartNs)
            return left.StartNs != 0 && (right.StartNs == 0 || left.StartNs < right.StartNs);
        return left.Id != right.Id ? left.Id.CompareTo(right.Id) < 0 : !left.IsShared;
    }

    private void MarkAnswered()
    {
        for (int i = 0; i < count; i++)
        {
            if (spans[i].Parent is var parent and not None && (spans[i].IsCall || spans[i].Local != spans[parent].Local))
                spans[parent].IsAnswered = true;
        }
    }

    private ref int SlotOf(SpanId id)
    {
        // Ends: at least half of the slots is free.
        for (uint at = ValueHash.Of(id.Value, 0); ; at++)
        {
            ref int slot = ref slots[at & slotMask];
            if (slot == 0 || spans[slot - 1].Id == id)
                return ref slot;
        }
    }
}
