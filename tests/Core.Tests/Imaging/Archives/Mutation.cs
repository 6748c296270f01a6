namespace RadiogenomicsCloud.Core.Tests.Imaging.Archives;

/// <summary>Damage as it happens and as an attacker does it: flipped bits, cut and doubled parts, lengths that lie.</summary>
internal static class Mutation
{
    private static readonly uint[] Lengths = [0, 1, 2, 7, 0x7FFF, 0xFFFF, 0x10000, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF];

    public static byte[] Of(byte[] seed, Random random)
    {
        var bytes = (byte[])seed.Clone();
        var times = 1 + random.Next(3);
        for (var n = 0; n < times && bytes.Length > 0; n++)
        {
            var at = random.Next(bytes.Length);
            switch (random.Next(6))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2:
                    bytes = bytes[..at];
                    break;
                case 3:
                    bytes = [.. bytes[..at], .. bytes[random.Next(at + 1)..]];
                    break;
                case 4:
                    bytes = [.. bytes[..at], .. bytes[Math.Min(bytes.Length, at + random.Next(16))..]];
                    break;
                default:
                    // A length field stands anywhere: overwrite two or four bytes with one that is likely to hurt.
                    var length = BitConverter.GetBytes(Lengths[random.Next(Lengths.Length)]);
                    if (random.Next(2) == 0)
                        Array.Reverse(length);
                    var take = Math.Min(random.Next(2) == 0 ? 2 : 4, bytes.Length - at);
                    length.AsSpan(0, take).CopyTo(bytes.AsSpan(at));
                    break;
            }
        }
        return bytes;
    }
}
