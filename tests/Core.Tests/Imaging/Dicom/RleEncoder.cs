using System.Buffers.Binary;

namespace RadiogenomicsCloud.Core.Tests.Imaging.Dicom;

/// <summary>Writes one frame as RLE Lossless (PS3.5 annex G): runs of three or more as replicates, the rest literally.</summary>
internal static class RleEncoder
{
    public static byte[] Encode(ushort[] samples, int bytesPerSample)
    {
        var frame = new List<byte>(new byte[64]);
        var header = new byte[64];
        BinaryPrimitives.WriteUInt32LittleEndian(header, (uint)bytesPerSample);
        for (var plane = 0; plane < bytesPerSample; plane++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(4 + (4 * plane)), (uint)frame.Count);
            var shift = 8 * (bytesPerSample - 1 - plane);
            Pack([.. samples.Select(s => (byte)(s >> shift))], frame);
            if (frame.Count % 2 == 1)
                frame.Add(0);
        }
        for (var i = 0; i < header.Length; i++)
            frame[i] = header[i];
        return [.. frame];
    }

    private static void Pack(byte[] bytes, List<byte> into)
    {
        for (var i = 0; i < bytes.Length;)
        {
            var run = 1;
            while (i + run < bytes.Length && run < 128 && bytes[i + run] == bytes[i])
                run++;
            if (run >= 3)
            {
                into.Add((byte)(257 - run));
                into.Add(bytes[i]);
                i += run;
                continue;
            }
            var from = i;
            while (i < bytes.Length && i - from < 128 && !(i + 2 < bytes.Length && bytes[i] == bytes[i + 1] && bytes[i] == bytes[i + 2]))
                i++;
            into.Add((byte)(i - from - 1));
            into.AddRange(bytes[from..i]);
        }
    }
}
