namespace RadiogenomicsCloud.Imaging.Archives;

/// <summary>The CRC-32 of zip and gzip (ISO 3309, reflected polynomial 0xEDB88320), eight bytes at a time.</summary>
internal sealed class Crc32
{
    private static readonly uint[][] Tables = Build();
    private uint _state = uint.MaxValue;

    public uint Value => ~_state;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        var t = Tables;
        var c = _state;
        while (bytes.Length >= 8)
        {
            c ^= bytes[0] | ((uint)bytes[1] << 8) | ((uint)bytes[2] << 16) | ((uint)bytes[3] << 24);
            c = t[7][c & 0xFF] ^ t[6][(c >> 8) & 0xFF] ^ t[5][(c >> 16) & 0xFF] ^ t[4][c >> 24]
                ^ t[3][bytes[4]] ^ t[2][bytes[5]] ^ t[1][bytes[6]] ^ t[0][bytes[7]];
            bytes = bytes[8..];
        }
        foreach (var b in bytes)
            c = t[0][(c ^ b) & 0xFF] ^ (c >> 8);
        _state = c;
    }

    private static uint[][] Build()
    {
        var tables = new uint[8][];
        for (var k = 0; k < tables.Length; k++)
        {
            tables[k] = new uint[256];
            for (var i = 0u; i < 256; i++)
            {
                if (k > 0)
                {
                    tables[k][i] = (tables[k - 1][i] >> 8) ^ tables[0][tables[k - 1][i] & 0xFF];
                    continue;
                }
                var c = i;
                for (var bit = 0; bit < 8; bit++)
                    c = (c & 1) != 0 ? (c >> 1) ^ 0xEDB88320 : c >> 1;
                tables[0][i] = c;
            }
        }
        return tables;
    }
}
