namespace RadiogenomicsCloud.Core.Tests.Tables;

/// <summary>
/// Damages a well-formed file in seeded ways (bytes, pieces, special tokens) and demands of its reader: no exception but ours, and memory in
/// proportion to the input.
/// </summary>
internal static class MutatingFuzzer
{
    private static readonly byte[][] Tokens =
        [.. new[] { "\"", "\t", ",", "\n", "\r\n", "\0", "NA", "-", "1e999", "|", ";", "##", "#CHROM", ".", "/", "CSQ=", "ANN=", "999999999999", "\uFEFF", "é" }.Select(System.Text.Encoding.UTF8.GetBytes), [0xFF], [0xC3], [0x1F, 0x8B]];

    public static void Run(byte[] wellFormed, int rounds, Action<Stream> read)
    {
        read(new MemoryStream(wellFormed));
        for (var round = 0; round < rounds; round++)
        {
            var damaged = Damage(wellFormed, new Random(round));
            var before = GC.GetAllocatedBytesForCurrentThread();
            var thrown = Record.Exception(() => read(new MemoryStream(damaged)));
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(thrown is null or RadiogenomicsException, $"Round {round}: {thrown}");
            Assert.True(thrown is null || thrown.Message.Length <= 400, $"Round {round}: a message of {thrown?.Message.Length} characters.");
            Assert.True(allocated < (4 << 20) + 500L * damaged.Length, $"Round {round}: {allocated} bytes for {damaged.Length}.");
        }
    }

    private static byte[] Damage(byte[] source, Random random)
    {
        var bytes = source.ToList();
        for (var edits = random.Next(1, 6); edits > 0; edits--)
        {
            var at = random.Next(bytes.Count + 1);
            var length = Math.Min(random.Next(1, 40), bytes.Count - at);
            switch (random.Next(6))
            {
                case 0:
                    bytes.RemoveRange(at, length);
                    break;
                case 1:
                    bytes.InsertRange(at, bytes.GetRange(at, length));
                    break;
                case 2:
                    bytes.InsertRange(at, Tokens[random.Next(Tokens.Length)]);
                    break;
                case 3:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                case 4 when at < bytes.Count:
                    bytes[at] = (byte)random.Next(256);
                    break;
                default:
                    bytes.InsertRange(at, Enumerable.Repeat(Tokens[random.Next(Tokens.Length)], random.Next(1, 3000)).SelectMany(token => token));
                    break;
            }
        }
        return [.. bytes];
    }
}
