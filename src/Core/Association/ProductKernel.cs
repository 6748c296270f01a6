using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace RadiogenomicsCloud.Association;

/// <summary>
/// Products of rows with a panel of columns: four rows by two vectors at a time, all in registers. Each product is a sum over the cases in
/// their order, multiplied and added without fusing, so that every width of the machine's vectors gives the same bits.
/// </summary>
internal static class ProductKernel<T> where T : unmanaged, INumber<T>
{
    /// <summary>Columns of a panel.</summary>
    public static int Width => 2 * Vector<T>.Count;

    /// <param name="rows">Row after row, <paramref name="n"/> values each.</param>
    /// <param name="panel">Case after case, <see cref="Width"/> values each.</param>
    /// <param name="products">Row after row, <see cref="Width"/> values each.</param>
    public static void Multiply(ReadOnlySpan<T> rows, int count, ReadOnlySpan<T> panel, int n, Span<T> products)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows.Length, count * n);
        ArgumentOutOfRangeException.ThrowIfLessThan(panel.Length, n * Width);
        ArgumentOutOfRangeException.ThrowIfLessThan(products.Length, count * Width);
        ref var row = ref MemoryMarshal.GetReference(rows);
        ref var column = ref MemoryMarshal.GetReference(panel);
        ref var target = ref MemoryMarshal.GetReference(products);
        var r = 0;
        for (; r + 4 <= count; r += 4)
            Four(ref Unsafe.Add(ref row, r * n), ref column, n, ref Unsafe.Add(ref target, r * Width));
        for (; r < count; r++)
            One(ref Unsafe.Add(ref row, r * n), ref column, n, ref Unsafe.Add(ref target, r * Width));
    }

    private static void Four(ref T a, ref T panel, int n, ref T target)
    {
        var step = Vector<T>.Count;
        ref var b = ref Unsafe.Add(ref a, n);
        ref var c = ref Unsafe.Add(ref b, n);
        ref var d = ref Unsafe.Add(ref c, n);
        Vector<T> a0 = default, a1 = default, b0 = default, b1 = default, c0 = default, c1 = default, d0 = default, d1 = default;
        for (var k = 0; k < n; k++)
        {
            var left = Vector.LoadUnsafe(ref panel, (nuint)(2 * step * k));
            var right = Vector.LoadUnsafe(ref panel, (nuint)(step * ((2 * k) + 1)));
            var value = new Vector<T>(Unsafe.Add(ref a, k));
            a0 += value * left;
            a1 += value * right;
            value = new Vector<T>(Unsafe.Add(ref b, k));
            b0 += value * left;
            b1 += value * right;
            value = new Vector<T>(Unsafe.Add(ref c, k));
            c0 += value * left;
            c1 += value * right;
            value = new Vector<T>(Unsafe.Add(ref d, k));
            d0 += value * left;
            d1 += value * right;
        }
        a0.StoreUnsafe(ref target);
        a1.StoreUnsafe(ref target, (nuint)step);
        b0.StoreUnsafe(ref target, (nuint)(2 * step));
        b1.StoreUnsafe(ref target, (nuint)(3 * step));
        c0.StoreUnsafe(ref target, (nuint)(4 * step));
        c1.StoreUnsafe(ref target, (nuint)(5 * step));
        d0.StoreUnsafe(ref target, (nuint)(6 * step));
        d1.StoreUnsafe(ref target, (nuint)(7 * step));
    }

    private static void One(ref T a, ref T panel, int n, ref T target)
    {
        var step = Vector<T>.Count;
        Vector<T> left = default, right = default;
        for (var k = 0; k < n; k++)
        {
            var value = new Vector<T>(Unsafe.Add(ref a, k));
            left += value * Vector.LoadUnsafe(ref panel, (nuint)(2 * step * k));
            right += value * Vector.LoadUnsafe(ref panel, (nuint)(step * ((2 * k) + 1)));
        }
        left.StoreUnsafe(ref target);
        right.StoreUnsafe(ref target, (nuint)step);
    }
}
