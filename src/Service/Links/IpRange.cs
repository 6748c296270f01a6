using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace RadiogenomicsCloud.Service.Links;

/// <summary>IPv4 addresses from one to another, both included.</summary>
internal readonly record struct IpRange(uint First, uint Last)
{
    /// <summary>Reads <c>a.b.c.d</c> or <c>a.b.c.d-e.f.g.h</c>, four decimal numbers each without leading zeros; null if it is neither.</summary>
    public static IpRange? Parse(string text)
    {
        var parts = text.Split('-');
        if (parts.Length > 2 || Number(parts[0]) is not { } first || Number(parts[^1]) is not { } last || last < first)
            return null;
        return new(first, last);
    }

    /// <summary>Whether an address is in the range; IPv6 never is, but for IPv4 written as such.</summary>
    public bool Contains(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return plain.AddressFamily == AddressFamily.InterNetwork && Number(plain) is var number && number >= First && number <= Last;
    }

    private static uint? Number(string text) =>
        // The parser also takes octal, hexadecimal and short forms: only what it writes again is meant as it stands.
        IPAddress.TryParse(text, out var address) && address.AddressFamily == AddressFamily.InterNetwork && address.ToString() == text
            ? Number(address)
            : null;

    private static uint Number(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[4];
        address.TryWriteBytes(bytes, out _);
        return BinaryPrimitives.ReadUInt32BigEndian(bytes);
    }
}
