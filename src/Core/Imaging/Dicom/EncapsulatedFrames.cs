using System.Buffers.Binary;

namespace RadiogenomicsCloud.Imaging.Dicom;

/// <summary>Puts the fragments of encapsulated pixel data together, one byte string a frame (PS3.5 section A.4).</summary>
internal static class EncapsulatedFrames
{
    public static IReadOnlyList<ReadOnlyMemory<byte>> Of(DicomFile file, int frames)
    {
        var fragments = file.Pixels.Fragments!;
        if (fragments.Count < frames)
            throw DicomErrors.Truncated(file.Name, $"{frames} frame(s) in {fragments.Count} fragment(s) of pixel data");
        if (fragments.Count == frames)
            return fragments;
        if (frames == 1)
            return [Join(fragments, 0, fragments.Count)];
        var starts = Starts(file, fragments, frames);
        var joined = new ReadOnlyMemory<byte>[frames];
        for (var f = 0; f < frames; f++)
            joined[f] = Join(fragments, starts[f], f + 1 < frames ? starts[f + 1] : fragments.Count);
        return joined;
    }

    /// <summary>Index of the first fragment of each frame, by the basic offset table.</summary>
    private static int[] Starts(DicomFile file, List<ReadOnlyMemory<byte>> fragments, int frames)
    {
        var table = file.Pixels.OffsetTable.Span;
        if (table.Length != 4L * frames)
            throw DicomErrors.Malformed(file.Name,
                $"{frames} frames lie in {fragments.Count} fragments without a basic offset table that says which is whose");
        var byOffset = new Dictionary<long, int>();
        var offset = 0L;
        for (var i = 0; i < fragments.Count; i++)
        {
            byOffset[offset] = i;
            offset += 8 + fragments[i].Length;
        }
        var starts = new int[frames];
        for (var f = 0; f < frames; f++)
        {
            if (!byOffset.TryGetValue(BinaryPrimitives.ReadUInt32LittleEndian(table[(4 * f)..]), out starts[f])
                || (f == 0 ? starts[f] != 0 : starts[f] <= starts[f - 1]))
                throw DicomErrors.Malformed(file.Name, $"the basic offset table does not point at a fragment for frame {f + 1}");
        }
        return starts;
    }

    private static ReadOnlyMemory<byte> Join(List<ReadOnlyMemory<byte>> fragments, int from, int to)
    {
        if (to - from == 1)
            return fragments[from];
        var joined = new byte[fragments.Skip(from).Take(to - from).Sum(f => (long)f.Length)];
        var at = 0;
        for (var i = from; i < to; i++)
        {
            fragments[i].Span.CopyTo(joined.AsSpan(at));
            at += fragments[i].Length;
        }
        return joined;
    }
}
